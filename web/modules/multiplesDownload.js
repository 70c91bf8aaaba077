// Saves the pictures of all clinics as one file that can stand alone: paper colours, title, measure, data cut, notices.
import { FACE, paperColour } from "./chartTheme.js";
import { drawing, element } from "./element.js";
import { SIZE, sparkline } from "./sparkline.js";

const COLUMNS = 5, PAD = 20, HEAD = 80, TILE = { width: 178, height: 88 }; // px
const PNG_SCALE = 2;

export async function downloadMultiples(page, type) {
  const text = new XMLSerializer().serializeToString(sheet(page));
  const svg = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  const href = type === "svg" ? svg : await asPNG(svg);
  element("a", { href, download: `${page.scope.code || page.scope.kind}_${page.indicator.id}_clinics_${page.month}.${type}` }).click();
}

function sheet(page) {
  const { multiples: shown } = page;
  const colour = paperColour();
  const [width, height] = [2 * PAD + COLUMNS * TILE.width, HEAD + 2 * PAD + Math.ceil(shown.rows.length / COLUMNS) * TILE.height];
  const provenance = [...page.notices.map((notice) => notice.text), page.dataCut.text].join(" ");
  const line = (y, size, fill, weight, content) =>
    drawing("text", { x: PAD, y, "font-size": size, fill: colour(fill), "font-weight": weight }, content);
  return drawing("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FACE },
    drawing("rect", { width, height, fill: colour("ground") }),
    line(PAD + 14, 16, "ink", 700, `${page.scope.name}: ${shown.title}`), line(PAD + 34, 12, "quiet", 400, shown.subtitle),
    line(PAD + 52, 12, "quiet", 400, provenance),
    shown.rows.map((row, index) => tile(row, index, shown, colour)));
}

function tile(row, index, shown, colour) {
  const [x, y] = [PAD + (index % COLUMNS) * TILE.width, PAD + HEAD + Math.floor(index / COLUMNS) * TILE.height];
  const picture = sparkline(row, shown, colour);
  picture.setAttribute("y", 16);
  return drawing("g", { transform: `translate(${x} ${y})` },
    drawing("text", { y: 11, "font-size": 11, "font-weight": row.signal === "none" ? 400 : 700, fill: colour("ink") }, row.name), picture,
    drawing("text", { y: 28 + SIZE.height, "font-size": 11, fill: colour(row.signal === "none" ? "quiet" : row.signal) },
      row.signal === "none" ? row.text : `${row.text} ${row.signalText}`));
}

async function asPNG(svg) {
  const picture = new Image();
  picture.src = svg;
  await picture.decode();
  const canvas = element("canvas", { width: picture.width * PNG_SCALE, height: picture.height * PNG_SCALE });
  const pen = canvas.getContext("2d");
  pen.scale(PNG_SCALE, PNG_SCALE);
  pen.drawImage(picture, 0, 0);
  return canvas.toDataURL("image/png");
}

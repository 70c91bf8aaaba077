"""DHIS2 data value sets, as JSON and as CSV."""
import json

from .folder import lines

CSV = "dataelement,period,orgunit,categoryoptioncombo,attributeoptioncombo,value,storedby"


def write(folder):
    texts(folder)
    damaged(folder)
    tables(folder)


def values(site, period, **elements):
    return [{"dataElement": name, "period": period, "orgUnit": site, "value": value} for name, value in elements.items()]


def texts(folder):
    write = lambda name, content: folder(name, json.dumps(content, ensure_ascii=False, indent=1))
    write("dhis2_good.json", {"orgUnit": "C-331", "period": "202403", "dataSet": "MMT", "completeDate": "2024-04-05",
                              "dataValues": [{"dataElement": "opening", "value": "120"},
                                             {"dataElement": "closing", "value": "118", "storedBy": "li"}]})
    write("dhis2_places.json", {"dataValues": values("C-332", "202403", opening="120", closing="118")
                                + values("C-333", "202403", opening="1", closing="2")})
    write("dhis2_numbers.json", {"dataValues": values("C-334", "202403", opening=120, closing=118.0, methadone_mg=12904.55)})
    write("dhis2_partial.json", {"dataValues": values("C-335", "202403", opening="120", closing=None)
                                 + values("C-335", "202404", closing="118")})
    write("dhis2_bad_rows.json", {"dataValues": values("C-336", "202403", opening="120")
                                  + values("ZZZZZZ-95", "202403", opening="120") + values("C-336", "2024Q1", opening="120")
                                  + values("C-336", "202405", opening="-1", closing="12.5")})
    write("dhis2_unknown_elements.json", {"dataValues": values("C-337", "202403", opening="120", weather="fine")})
    write("dhis2_twice.json", {"dataValues": values("C-338", "202403", opening="120", closing="118")
                               + values("C-338", "202403", opening="121")})
    write("dhis2_nothing.json", {"dataValues": []})
    write("dhis2_without_place.json", {"dataValues": [{"dataElement": "opening", "period": "202403", "value": "1"}]})
    write("dhis2_truth_for_a_value.json", {"dataValues": values("C-338", "202403", opening=True)})
    write("dhis2_list.json", values("C-338", "202403", opening="120"))
    write("other.json", {"type": "FeatureCollection", "features": []})


def damaged(folder):
    whole = json.dumps({"dataValues": values("C-339", "202403", opening="120", closing="118")})
    folder("dhis2_cut.json", whole[:-20])
    folder("dhis2_deep.json", '{"dataValues":' + "[" * 100_000)
    folder("dhis2_bom.json", "\ufeff" + whole)
    folder("dhis2_gbk.json", json.dumps({"dataValues": values("C-339", "202403", remark="备注")},
                                        ensure_ascii=False).encode("gbk"))


def tables(folder):
    folder("dhis2_good.csv", lines(CSV, '"opening","202403","C-341","x","y","120","li"', "closing,202403,C-341,x,y,118,li"))
    folder("dhis2_gbk.csv", lines(CSV, "opening,202403,C-342,默认,默认,120,李").encode("gbk"))
    folder("dhis2_bad_rows.csv", lines(CSV, "opening,202403,C-343,x,y,120,", "closing,202403,C-343,x,y,118,",
                                       "opening,202413,C-343,x,y,120,", "opening,202404,C-343,x,y,many,"))
    folder("dhis2_short.csv", lines(CSV, "opening,202403,C-344"))
    # The same element of women and of men: their sum is meant, not the one that stands last.
    folder("dhis2_categories.csv", lines(CSV, "opening,202403,C-345,women,y,40,", "opening,202403,C-345,men,y,80,"))

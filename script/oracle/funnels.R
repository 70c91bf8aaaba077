# Golden numbers of funnels whose sites differ by more than chance, from base R (and jsonlite to write them).
# Usage, from the project's root: Rscript script/oracle/funnels.R
# Writes Tests/MetricsTests/Fixtures/funnels.json.

# The limit between two counts, in proportion (Spiegelhalter 2005, appendix A.1.1), of any distribution function.
limit <- function(share, cdf, reach) {
  k <- 0:reach
  r <- k[which(cdf(k) >= share)[1]]
  before <- if (r == 0) 0 else cdf(r - 1)
  max(0, r - (cdf(r) - share) / (cdf(r) - before))
}
# Lancaster's mid-P, both sides.
midp <- function(x, cdf, upper) {
  before <- if (x == 0) 0 else cdf(x - 1)
  from <- if (x == 0) 1 else upper(x - 1)
  min(1, before + cdf(x), from + upper(x))
}
shares <- c(0.001, 0.025, 0.975, 0.999)

# Negative binomial of R: mean mu, size 1/(4 tau2).
rates <- expand.grid(E = c(0.4, 2.5, 12, 300), tau2 = c(0, 0.002, 0.03))
rate <- do.call(rbind, Map(function(E, tau2) {
  cdf <- if (tau2 > 0) function(k) pnbinom(k, mu = E, size = 1 / (4 * tau2)) else function(k) ppois(k, E)
  upper <- if (tau2 > 0) function(k) pnbinom(k, mu = E, size = 1 / (4 * tau2), lower.tail = FALSE)
    else function(k) ppois(k, E, lower.tail = FALSE)
  counts <- unique(c(0, 1, floor(E), ceiling(1.6 * E), ceiling(3 * E) + 5))
  limits <- sapply(shares, limit, cdf, ceiling(20 * E) + 50)
  data.frame(E, tau2, x = counts, p = sapply(counts, midp, cdf, upper), lo998 = limits[1], lo95 = limits[2],
             hi95 = limits[3], hi998 = limits[4])
}, rates$E, rates$tau2))

# Beta-binomial by its density, summed.
trials <- expand.grid(n = c(1, 6, 40, 700), p = c(0.08, 0.5, 0.93), tau2 = c(0, 0.002, 0.03))
proportion <- do.call(rbind, Map(function(n, p, tau2) {
  precision <- 1 / (4 * tau2) - 1
  a <- p * precision; b <- (1 - p) * precision
  density <- if (tau2 > 0) exp(lchoose(n, 0:n) + lbeta(a + 0:n, b + n - 0:n) - lbeta(a, b)) else dbinom(0:n, n, p)
  cdf <- function(k) cumsum(density)[pmin(k, n) + 1]
  upper <- function(k) rev(cumsum(rev(c(density, 0))))[pmin(k, n) + 2]
  counts <- unique(c(0, floor(n * p), n))
  limits <- sapply(shares, limit, function(k) pmin(1, cdf(k) + ifelse(k >= n, 1e-9, 0)), n)
  data.frame(n, p0 = p, tau2, x = counts, p = sapply(counts, midp, cdf, upper), lo998 = limits[1], lo95 = limits[2],
             hi95 = limits[3], hi998 = limits[4])
}, trials$n, trials$p, trials$tau2))

writeLines(jsonlite::toJSON(list(
  meta = list(generator = jsonlite::unbox("script/oracle/funnels.R"), R = jsonlite::unbox(as.character(getRversion()))),
  rate = rate, proportion = proportion), dataframe = "columns", digits = NA, na = "null", pretty = FALSE),
  "Tests/MetricsTests/Fixtures/funnels.json")

# Golden numbers of the Metrics tests, from base R (and jsonlite to write them).
# Usage, from the project's root: Rscript script/oracle/metrics.R
# Writes Tests/MetricsTests/Fixtures/metrics.json: columns of inputs and the values R gives for them.

target <- "Tests/MetricsTests/Fixtures/metrics.json"
rows <- function(grid, f) do.call(rbind, lapply(seq_len(nrow(grid)), function(i) {
  row <- as.list(grid[i, , drop = FALSE])
  data.frame(row, do.call(f, unname(row)))
}))

# Proportions: prop.test without continuity correction is Wilson's score interval.
proportions <- expand.grid(
  x = c(0, 1, 3, 17, 40, 250, 1e9), n = c(1, 3, 40, 250, 1e4, 1e9), level = c(0.9, 0.95, 0.998))
proportions <- proportions[proportions$x <= proportions$n, ]
wilson <- rows(proportions, function(x, n, level) {
  limits <- suppressWarnings(prop.test(x, n, conf.level = level, correct = FALSE))$conf.int
  data.frame(lower = limits[1], upper = limits[2])
})

# Rates: poisson.test gives Garwood's limits; Byar's are Breslow & Day (1987) eq. 2.13.
rates <- expand.grid(
  events = c(0, 1, 2, 9, 10, 37, 1234, 1e9), exposure = c(0.25, 84, 5214.1), level = c(0.9, 0.95, 0.998))
garwood <- rows(rates, function(events, exposure, level) {
  limits <- poisson.test(events, exposure, conf.level = level)$conf.int
  data.frame(lower = limits[1], upper = limits[2])
})
byar <- rows(rates, function(events, exposure, level) {
  z <- qnorm((1 + level) / 2)
  cube <- function(x, z) x * (1 - 1 / (9 * x) + z / (3 * sqrt(x)))^3
  lower <- if (events == 0) 0 else max(0, cube(events, -z))
  data.frame(lower = lower / exposure, upper = cube(events + 1, z) / exposure)
})

# Exact limits of control charts are quantiles at the tails beyond three standard deviations.
tail <- 0.00135
poisson <- rows(expand.grid(mean = c(0.02, 0.5, 1, 2.3, 6.6, 6.7, 9.99, 250, 1e6)), function(mean)
  data.frame(lower = qpois(tail, mean), median = qpois(0.5, mean), upper = qpois(1 - tail, mean)))
binomial <- rows(expand.grid(n = c(1, 7, 30, 400, 1e6), p = c(1e-5, 0.02, 0.3, 0.5, 0.97)), function(n, p)
  data.frame(lower = qbinom(tail, n, p), median = qbinom(0.5, n, p), upper = qbinom(1 - tail, n, p)))

# Charts of made-up clinics over 36 months, two months missing, baseline of the first 24 reported months.
set.seed(20130612)
months <- 36
gone <- c(5, 30)
chart <- function(x, n, sigma, quantile, ceiling, small) {
  kept <- setdiff(seq_len(months), gone)
  base <- head(kept, 24)
  centre <- sum(x[base]) / sum(n[base])
  s <- sigma(centre, n)
  z <- (x / n - centre) / s
  sigma_z <- mean(abs(diff(z[base]))) / 1.128
  stretch <- max(1, sigma_z)
  exact <- small(centre, n) < 10
  lower <- ifelse(exact, quantile(tail, n, centre) / n, centre - 3 * s)
  upper <- ifelse(exact, quantile(1 - tail, n, centre) / n, centre + 3 * s)
  gap <- function(v) { v[gone] <- NA; v }
  list(
    numerator = gap(x), denominator = gap(n), centre = centre, sigma_z = sigma_z, z = gap(z / stretch),
    lower = gap(pmax(0, centre + stretch * (lower - centre))),
    upper = gap(pmin(ceiling, centre + stretch * (upper - centre))),
    plain_lower = gap(pmax(0, centre - 3 * s)), plain_upper = gap(pmin(ceiling, centre + 3 * s)))
}
u <- function(x, n) chart(x, n, function(u, n) sqrt(u / n), function(q, n, u) qpois(q, n * u), Inf,
  function(u, n) n * u)
p <- function(x, n) chart(x, n, function(p, n) sqrt(p * (1 - p) / n), function(q, n, p) qbinom(q, n, p), 1,
  function(p, n) pmin(p, 1 - p) * n)
exposure <- round(runif(months, 40, 60), 1)
busy <- round(runif(months, 900, 1100), 1)
tests <- rpois(months, 30)
many <- rpois(months, 900)
dose <- round(62 + cumsum(rnorm(months, 0, 0.4)) + rnorm(months), 1)
xmr <- local({
  kept <- setdiff(seq_len(months), gone)
  base <- dose[head(kept, 24)]
  range <- mean(abs(diff(base)))
  value <- dose
  value[gone] <- NA
  list(value = value, centre = mean(base), lower = mean(base) - 2.66 * range, upper = mean(base) + 2.66 * range,
    z = (value - mean(base)) / (range / 1.128))
})

fixture <- list(
  meta = list(generator = "script/oracle/metrics.R", R = as.character(getRversion())),
  wilson = wilson, garwood = garwood, byar = byar, poisson = poisson, binomial = binomial, xmr = xmr,
  u_small = u(rpois(months, 0.05 * exposure), exposure),
  u_overdispersed = u(rnbinom(months, mu = 0.05 * busy, size = 12), busy),
  u_small_overdispersed = u(rnbinom(months, mu = 0.1 * exposure, size = 1.5), exposure),
  p_small = p(rbinom(months, tests, 0.12), tests),
  p_high = p(rbinom(months, tests, 0.93), tests),
  p_overdispersed = p(rbinom(months, many, rbeta(months, 20, 60)), many))
dir.create(dirname(target), showWarnings = FALSE, recursive = TRUE)
encoded <- vapply(fixture, jsonlite::toJSON, "", dataframe = "columns", digits = I(15), auto_unbox = TRUE, na = "null")
writeLines(c("{", paste0("\"", names(fixture), "\": ", encoded, c(rep(",", length(fixture) - 1), "")), "}"), target)

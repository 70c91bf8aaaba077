# Golden numbers of the outlier tests, from base R (and jsonlite to write them): pbinom, ppois, pnbinom, pt, p.adjust,
# and the beta-binomial as a sum of lbeta terms.
# Usage, from the project's root: Rscript script/oracle/outliers.R
# Writes Tests/MetricsTests/Fixtures/outliers.json: columns of inputs and the values R gives for them.

target <- "Tests/MetricsTests/Fixtures/outliers.json"

# P(X <= k) and P(X >= k) of the beta-binomial, the small terms summed first.
beta_binomial <- function(n, a, b) {
  j <- 0:n
  f <- exp(lchoose(n, j) + lbeta(a + j, b + n - j) - lbeta(a, b))
  list(at_most = function(k) if (k >= n) 1 else sum(sort(f[j <= k])),
    at_least = function(k) if (k <= 0) 1 else sum(sort(f[j >= k])))
}
rows <- function(grid, f) cbind(grid, do.call(rbind, lapply(seq_len(nrow(grid)), function(i)
  as.data.frame(do.call(f, unname(as.list(grid[i, ])))))))

# The shapes of real months: common and rare, nearly binomial (a + b large) and nearly all or nothing (below 1).
shapes <- expand.grid(n = c(1, 7, 40, 800), mean = c(0.02, 0.3, 0.9), ab = c(0.5, 3, 60, 4000), at = c(0, 0.2, 0.5, 1))
shapes <- unique(data.frame(n = shapes$n, a = shapes$mean * shapes$ab, b = (1 - shapes$mean) * shapes$ab,
  k = round(shapes$at * shapes$n)))
betabinomial <- rows(shapes, function(n, a, b, k) {
  d <- beta_binomial(n, a, b)
  list(lower = d$at_most(k), upper = if (k == n) 0 else d$at_least(k + 1))
})
negbinomial <- rows(expand.grid(k = c(0, 1, 5, 60, 3000), mean = c(0.02, 4, 55, 2500), size = c(0.3, 8, 400, 1e6)),
  function(k, mean, size) list(lower = pnbinom(k, size = size, mu = mean),
    upper = pnbinom(k, size = size, mu = mean, lower.tail = FALSE)))

# One month of a series against the others, as Sources/Metrics/Outliers says; x and n without the missing months.
p <- 0.0027
limits <- function(d) {
  lower <- 0
  while (d$at_most(lower) <= p / 2) lower <- lower + 1
  upper <- lower
  while (d$at_least(upper + 1) > p / 2) upper <- upper + 1
  c(lower, upper)
}
outside <- function(d, l) (if (l[1] > 0) d$at_most(l[1] - 1) else 0) + d$at_least(l[2] + 1)
count_test <- function(d, x, n, chance) {
  l <- limits(d)
  c(p = min(1, 2 * min(d$at_most(x), d$at_least(x))), lower = l[1] / n, upper = l[2] / n, alarm = outside(chance, l))
}
student <- function(d, df) {
  wider <- function(q) if (q <= 0 || q >= 1) q else pt(qnorm(q), df)
  list(at_most = function(k) wider(d$at_most(k)), at_least = function(k) wider(d$at_least(k)))
}
moments <- function(x, n, unit) {
  N <- sum(n)
  pooled <- sum(x) / N
  list(df = length(x) - 1, S = sum(n * (x / n - pooled)^2) / unit(pooled), reach = N - sum(n^2) / N, N = N,
    share = sum(n^2) / N^2, pooled = pooled)
}
binomial_models <- function(x, n, size) {
  m <- moments(x, n, function(p) p * (1 - p))
  rho <- max(0, (m$S - m$df) / (m$reach - m$df))
  predictive <- rho + (1 - rho) / m$N + rho * m$share
  ab <- 1 / predictive - 1
  spread <- beta_binomial(size, m$pooled * ab, (1 - m$pooled) * ab)
  list(expected = m$pooled, chance = spread, spread = if (rho > 0) student(spread, m$df) else spread,
    plain = list(at_most = function(k) pbinom(k, size, m$pooled),
      at_least = function(k) pbinom(k - 1, size, m$pooled, lower.tail = FALSE)))
}
poisson_models <- function(x, n, exposure) {
  m <- moments(x, n, identity)
  between <- max(0, (m$S - m$df) / (m$pooled * m$reach))
  size <- 1 / (between + 1 / sum(x) + between * m$share)
  mu <- m$pooled * exposure
  spread <- list(at_most = function(k) pnbinom(k, size = size, mu = mu),
    at_least = function(k) pnbinom(k - 1, size = size, mu = mu, lower.tail = FALSE))
  list(expected = m$pooled, chance = spread, spread = if (between > 0) student(spread, m$df) else spread,
    plain = list(at_most = function(k) ppois(k, mu), at_least = function(k) ppois(k - 1, mu, lower.tail = FALSE)))
}

# The scores of a series of values: inside the series, by median, and after the earlier months (at least five).
scores <- function(v) {
  m <- length(v)
  earlier <- lapply(seq_len(m), function(i) v[seq_len(i - 1)])
  enough <- lengths(earlier) >= 5
  population_sd <- function(e) sqrt(mean((e - mean(e))^2))
  # Thompson (1935), by the beta distribution: z^2 n/(n - 1)^2 ~ Beta(1/2, (n - 2)/2).
  data.frame(z = (v - mean(v)) / sd(v), modified = 0.6745 * (v - median(v)) / mad(v, constant = 1),
    minmax = ifelse(enough, mapply(function(x, e) (x - mean(e)) / population_sd(e), v, earlier), NA),
    z_alarm = pbeta(min(1, 9 * m / (m - 1)^2), 1 / 2, (m - 2) / 2, lower.tail = FALSE),
    minmax_alarm = ifelse(enough, 2 * pt(-3 * sqrt(pmax(0, seq_len(m) - 2) / seq_len(m)), pmax(1, seq_len(m) - 2)), NA))
}
screening <- function(x, n, models) {
  each <- t(sapply(seq_along(x), function(i) {
    m <- models(x[-i], n[-i], n[i])
    plain <- count_test(m$plain, x[i], n[i], if (length(x) > 11) m$chance else m$plain)
    spread <- if (length(x) > 11) count_test(m$spread, x[i], n[i], m$spread) else rep(NA, 4)
    c(expected = m$expected, plain = plain, spread = setNames(spread, names(plain)))
  }))
  colnames(each) <- sub(".", "_", colnames(each), fixed = TRUE)
  c(list(numerator = x, denominator = n), as.list(as.data.frame(each)), as.list(scores(x / n)))
}

set.seed(20130612)
tests <- rpois(30, 60) + 1
exposure <- round(runif(30, 40, 60), 1)
wild <- function(x, month, value) { x[month] <- value; x }
fixture <- list(
  meta = list(generator = "script/oracle/outliers.R", R = as.character(getRversion())),
  beta_binomial = betabinomial, negative_binomial = negbinomial,
  p_chance = screening(wild(rbinom(30, tests, 0.12), 30, 25), tests, binomial_models),
  p_spread = screening(rbinom(30, 10 * tests, rbeta(30, 20, 60)), 10 * tests, binomial_models),
  p_short = screening(wild(rbinom(8, tests[1:8], 0.9), 8, 31), tests[1:8], binomial_models),
  u_chance = screening(wild(rpois(30, 0.08 * exposure), 12, 19), exposure, poisson_models),
  u_spread = screening(wild(rnbinom(30, mu = 2 * exposure, size = 12), 30, 0), exposure, poisson_models),
  u_short = screening(rpois(7, 0.3 * exposure[1:7]), exposure[1:7], poisson_models),
  false_discovery = local({
    p <- c(round(runif(12), 2), 0.05, 0.05, 1, 0, runif(25)^3)
    data.frame(p = p, adjusted = p.adjust(p, "BH"))
  }))
dir.create(dirname(target), showWarnings = FALSE, recursive = TRUE)
encoded <- vapply(fixture, jsonlite::toJSON, "", dataframe = "columns", digits = I(15), auto_unbox = TRUE, na = "null")
writeLines(c("{", paste0("\"", names(fixture), "\": ", encoded, c(rep(",", length(fixture) - 1), "")), "}"), target)

# Golden numbers of the comparison of clinics, from base R (and jsonlite to write them).
# Usage, from the project's root: Rscript script/oracle/comparison.R
# Writes Tests/MonitorTests/Fixtures/comparison.json: what twelve clinics reported on a month, and what R makes of it.
# Clinic 11 is of fewer than five clients, so that it is hidden; clinic 12 left its dropouts and its tests blank.

clinics <- data.frame(
  site = sprintf("C-%03d", 1:12), region = rep(c("N", "S"), 6),
  opening = c(40, 55, 62, 80, 95, 120, 150, 210, 300, 420, 3, 100),
  closing = c(42, 55, 60, 84, 91, 118, 160, 214, 290, 440, 4, 102),
  dropout = c(0, 2, 9, 3, 1, 6, 5, 22, 11, 12, 1, NA),
  tested = c(30, 41, 50, 60, 71, 90, 110, 160, 220, 300, 3, NA),
  positive = c(4, 11, 30, 12, 9, 20, 25, 44, 49, 95, 1, NA))
known <- 1:10
third <- floor(3 * sapply(clinics$closing, function(c) sum(clinics$closing[c(known, 12)] < c)) / 11)
third[11] <- NA # its caseload is hidden

# Whole programme: every clinic that reported both parts, the hidden one among them.
whole <- function(x, n) sum(x[1:11]) / sum(n[1:11])
winsorised <- function(z, s) {
  cut <- quantile(z, c(0.1, 0.9), names = FALSE)
  phi <- mean(pmin(pmax(z, cut[1]), cut[2])^2)
  w <- 1 / s^2; I <- length(z)
  c(phi, max(0, (I * phi - (I - 1)) / (sum(w) - sum(w^2) / sum(w))))
}
midp <- function(x, lower, upper) min(1, (if (x > 0) lower(x - 1) else 0) + lower(x),
                                      (if (x > 0) upper(x - 1) else 1) + upper(x))
# The limit between two counts, in proportion (Spiegelhalter 2005, appendix A.1.1).
limit <- function(share, cdf) {
  r <- which(cdf(0:5000) >= share)[1] - 1
  before <- if (r == 0) 0 else cdf(r - 1)
  max(0, r - (cdf(r) - share) / (cdf(r) - before))
}
# Clinics beyond limits, and how many chance alone would put there.
beyond <- function(x, size, share, cdf) {
  low <- mapply(function(s) limit(share, function(k) cdf(k, s)), size)
  high <- mapply(function(s) limit(1 - share, function(k) cdf(k, s)), size)
  below <- mapply(function(k, s) if (k < 0) 0 else cdf(k, s), ceiling(low) - 1, size)
  c(sum(x < low | x > high), sum(below + 1 - mapply(cdf, floor(high), size)))
}
others <- function(group, v) sapply(known, function(i) sum(v[setdiff(which(group == group[i]), c(i, 11, 12))]))

# Dropout: a rate.
time <- (clinics$opening + clinics$closing) / 2
x <- clinics$dropout[known]; e <- time[known]; rate <- whole(clinics$dropout, time); E <- e * rate
spread <- winsorised((sqrt(x / E) - 1) * 2 * sqrt(E), 1 / (2 * sqrt(E)))
p <- mapply(function(x, E) if (spread[2] > 0) {
  size <- 1 / (4 * spread[2])
  midp(x, function(k) pnbinom(k, mu = E, size = size), function(k) pnbinom(k, mu = E, size = size, lower.tail = FALSE))
} else midp(x, function(k) ppois(k, E), function(k) ppois(k, E, lower.tail = FALSE)), x, E)
fit <- nlminb(c(0, 0), function(l) -sum(dnbinom(x, size = exp(l[1]), prob = exp(l[2]) / (exp(l[2]) + e), log = TRUE)),
              control = list(rel.tol = 1e-14, x.tol = 1e-12))
a <- exp(fit$par[1]); b <- exp(fit$par[2])
ratio <- function(group) {
  oe <- others(group, time); ox <- others(group, clinics$dropout)
  t(mapply(function(x, e, ox, oe) {
    ci <- binom.test(x, x + ox)$conf.int
    c(x / ox * oe / e, ci / (1 - ci) * oe / e)
  }, x, e, ox, oe))
}
poisson <- function(k, E) ppois(k, E)
dropout <- list(beyond95 = beyond(x, E, 0.025, poisson), beyond998 = beyond(x, E, 0.001, poisson), whole = 100 * rate, phi = spread[1], tau2 = spread[2], p = p, q = p.adjust(p, "BH"),
  shrunken = 100 * (a + x) / (b + e), shrunkenLow = 100 * qgamma(0.025, a + x, b + e),
  shrunkenHigh = 100 * qgamma(0.975, a + x, b + e), programme = ratio(rep(1, 12)), region = ratio(clinics$region),
  peers = ratio(third))

# Concurrent use: a proportion.
x <- clinics$positive[known]; n <- clinics$tested[known]; p0 <- whole(clinics$positive, clinics$tested)
spread <- winsorised((asin(sqrt(x / n)) - asin(sqrt(p0))) * 2 * sqrt(n), 1 / (2 * sqrt(n)))
precision <- 1 / (4 * spread[2]) - 1
p <- mapply(function(x, n) {
  stopifnot(spread[2] > 0)
  alpha <- p0 * precision; beta <- (1 - p0) * precision
  d <- exp(lchoose(n, 0:n) + lbeta(alpha + 0:n, beta + n - 0:n) - lbeta(alpha, beta))
  min(1, sum(d[seq_len(x)]) + sum(d[seq_len(x + 1)]), sum(d[(x + 1):(n + 1)]) + (if (x < n) sum(d[(x + 2):(n + 1)]) else 0))
}, x, n)
fit <- nlminb(c(1, 2), function(l) -sum(lbeta(exp(l[1]) + x, exp(l[2]) + n - x) - lbeta(exp(l[1]), exp(l[2]))),
              control = list(rel.tol = 1e-14, x.tol = 1e-12))
a <- exp(fit$par[1]); b <- exp(fit$par[2])
wilson <- function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int
newcombe <- function(group) {
  ox <- others(group, clinics$positive); on <- others(group, clinics$tested)
  100 * t(mapply(function(x, n, ox, on) {
    p <- x / n; q <- ox / on; i <- wilson(x, n); j <- wilson(ox, on); d <- p - q
    c(d, d - sqrt((p - i[1])^2 + (j[2] - q)^2), d + sqrt((i[2] - p)^2 + (q - j[1])^2))
  }, x, n, ox, on))
}
binomial <- function(k, n) pbinom(k, n, p0)
positivity <- list(beyond95 = beyond(x, n, 0.025, binomial), beyond998 = beyond(x, n, 0.001, binomial), whole = 100 * p0, phi = spread[1], tau2 = spread[2], p = p, q = p.adjust(p, "BH"),
  shrunken = 100 * (a + x) / (a + b + n), shrunkenLow = 100 * qbeta(0.025, a + x, b + n - x),
  shrunkenHigh = 100 * qbeta(0.975, a + x, b + n - x), programme = newcombe(rep(1, 12)), region = newcombe(clinics$region),
  peers = newcombe(third))

dir.create("Tests/MonitorTests/Fixtures", showWarnings = FALSE)
writeLines(jsonlite::toJSON(list(
  generator = "script/oracle/comparison.R", R = as.character(getRversion()), clinics = clinics, dropout_rate = dropout,
  positivity_clients = positivity), dataframe = "columns", digits = I(15), auto_unbox = TRUE, na = "null", pretty = TRUE),
  "Tests/MonitorTests/Fixtures/comparison.json")

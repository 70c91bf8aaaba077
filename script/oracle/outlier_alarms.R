# How often a month in which nothing happened is called an outlier: the reasons for Sources/Metrics/Outliers.
# Usage: Rscript script/oracle/outlier_alarms.R (about two minutes). Nominal: 1 month in 370, a tail of 0.00135 a side.

set.seed(20130612)
tail <- 0.00135

# Of normal values, the modified z score beyond 3.5 beside Student's t on 0.41 · 2⌊n/2⌋ + 0.95 degrees of freedom.
modified <- function(n) {
  x <- matrix(rnorm(n * round(3e6 / n)), n)
  away <- abs(sweep(x, 2, apply(x, 2, median)))
  c(n = n, simulated = mean(0.6745 * away > 3.5 * rep(apply(away, 2, median), each = n)),
    t = 2 * pt(-3.5, 0.41 * 2 * (n %/% 2) + 0.95), normal = 2 * pnorm(-3.5))
}
cat("Share of normal values beyond a modified z of 3.5:\n")
print(signif(as.data.frame(t(sapply(c(6, 7, 8, 9, 12, 13, 24, 25, 36, 60, 120), modified))), 3), row.names = FALSE)

# Counts of one month against m other months of the same exposure. poisson: their pooled rate taken for the true one;
# spread: negative binomial with their moments, taken for the truth; predictive: with the error of the pooled rate;
# student: and, where the spread is above chance, Student's t on m - 1 degrees of freedom for the error of the spread.
sizes <- function(m, mean, spread, runs = 20000) {
  draw <- function(k) if (spread > 0) rnbinom(k, mu = mean, size = 1 / spread) else rpois(k, mean)
  others <- matrix(draw(m * runs), m)
  x <- draw(runs)
  total <- colSums(others)
  rate <- total / m
  chi <- colSums(sweep(others, 2, rate)^2) / rate
  between <- pmax(0, (chi - (m - 1)) / (rate * (m - 1)))
  smaller <- function(cv) pmin(pnbinom(x, mu = rate, size = 1 / cv),
    pnbinom(x - 1, mu = rate, size = 1 / cv, lower.tail = FALSE))
  called <- function(p) mean((p <= tail)[total > 0])
  predicted <- smaller(between + 1 / total + between / m)
  c(others = m, mean = mean, spread = spread,
    poisson = called(pmin(ppois(x, rate), ppois(x - 1, rate, lower.tail = FALSE))),
    spread_only = called(smaller(pmax(between, 1e-9))), predictive = called(predicted),
    student = called(ifelse(between > 0, pt(qnorm(predicted), m - 1), predicted)))
}
grid <- expand.grid(others = c(5, 7, 11, 23, 47), mean = c(0.5, 5, 50), spread = c(0, 0.05, 0.2, 0.5))
cat("Share of months called (nominal: at most 0.0027):\n")
print(signif(as.data.frame(t(mapply(sizes, grid$others, grid$mean, grid$spread))), 2), row.names = FALSE)

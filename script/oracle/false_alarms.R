# How often stable clinics would be called: the reasons for three defaults of the control charts in Sources/Metrics.
# Usage: Rscript script/oracle/false_alarms.R (about 20 seconds). A baseline of 24 months, then 24 months watched.

set.seed(20130612)
tail <- 0.00135
run <- function(sides, length = 8) { r <- rle(sides); any(r$lengths >= length & r$values != 0) }
beyond <- function(x, limits) mean(x < limits[1] - 1e-9 | x > limits[2] + 1e-9)

# u charts with an exposure of 1: textbook, Laney as published, and Laney floored at 1 with exact limits below 10.
counts <- function(draw) {
  x <- draw(48)
  centre <- mean(x[1:24])
  if (centre == 0) return(rep(NA, 5))
  sigma_z <- mean(abs(diff(x[1:24]))) / sqrt(centre) / 1.128
  normal <- centre + c(-3, 3) * sqrt(centre)
  small <- centre < 10
  limits <- if (small) qpois(c(tail, 1 - tail), centre) else normal
  middle <- if (small) qpois(0.5, centre) else centre
  y <- x[25:48]
  c(shewhart = beyond(y, normal), laney = beyond(y, centre + sigma_z * (normal - centre)),
    ours = beyond(y, centre + max(1, sigma_z) * (limits - centre)),
    run_mean = run(sign(y - centre)), run_median = run(sign(y - middle)))
}
table <- function(means, draw) {
  r <- t(sapply(means, function(m) colMeans(t(replicate(4000, counts(function(n) draw(n, m)))), na.rm = TRUE)))
  print(round(data.frame(mean = means, r), 4), row.names = FALSE)
}
cat("Share of months beyond the limits; share of clinics with a run of 8 about the mean and about the middle\n")
cat("Poisson months:\n")
table(c(0.2, 0.5, 1, 2, 5, 9, 12, 30), rpois)
cat("Months with twice the Poisson variance:\n")
table(c(1, 2, 5, 9, 12, 30), function(n, m) rnbinom(n, mu = m, size = m))

# The caseload of a stable clinic of about 100 people: 4 enter a month, each leaves with a chance of 4 %.
caseload <- function() {
  n <- numeric(148)
  n[1] <- 100
  for (i in 2:148) n[i] <- n[i - 1] + rpois(1, 4) - rbinom(1, n[i - 1], 0.04)
  n[101:148]
}
xmr <- function(x) {
  centre <- mean(x[1:24])
  reach <- 2.66 * mean(abs(diff(x[1:24])))
  y <- x[25:length(x)]
  c(beyond = any(abs(y - centre) > reach), run = run(sign(y - centre)))
}
called <- rowMeans(replicate(3000, { n <- caseload(); c(level = xmr(n), change = xmr(diff(n))) }))
cat("Share of stable clinics called within 24 months by an XmR chart of the caseload and of its monthly change:\n")
print(round(called, 3))

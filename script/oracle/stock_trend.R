# False trends of a stable caseload over 36 months: Mann-Kendall, its Hamed-Rao variance, and the mean monthly change.
# A stable clinic: people leave with a monthly chance, as many come on average. Rscript script/oracle/stock_trend.R
set.seed(20261123)
hamed_rao <- function(x) {
  n <- length(x); s <- sum(sign(outer(x, x, "-"))[lower.tri(diag(n))])
  t <- table(x); v <- (n*(n-1)*(2*n+5) - sum(t*(t-1)*(2*t+5))) / 18
  d <- outer(x, x, "-") / outer(seq_len(n), seq_len(n), "-"); r <- rank(x - median(d[lower.tri(d)]) * seq_len(n))
  a <- acf(r, n - 1, plot = FALSE)$acf[-1]; k <- which(abs(a) > qnorm(.975) / sqrt(n))
  f <- 1 + 2 / (n*(n-1)*(n-2)) * sum((n-k)*(n-k-1)*(n-k-2)*a[k])
  z <- if (s == 0) 0 else (s - sign(s)) / sqrt(c(v, v * max(f, 1e-9)))
  2 * pnorm(-abs(z))
}
one <- function(size, leave, n = 36) {
  x <- numeric(n + 60); x[1] <- size
  for (i in 2:(n + 60)) x[i] <- x[i-1] - rbinom(1, x[i-1], leave) + rpois(1, size * leave)
  x <- tail(x, n); p <- if (length(unique(x)) > 1) rep(hamed_rao(x), length.out = 2) else c(1, 1)
  c(p, t.test(diff(x))$p.value) < 0.05
}
for (leave in c(0.03, 0.06)) for (size in c(50, 200)) {
  found <- rowMeans(replicate(2000, one(size, leave)))
  cat(sprintf("caseload %d, %d %% leave a month: Mann-Kendall %.2f, Hamed-Rao %.2f, mean change %.3f\n",
              size, 100 * leave, found[1], found[2], found[3]))
}

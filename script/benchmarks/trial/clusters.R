# R's side of clusters.swift. measure(name, work, times) prints the figures; work gives a number to compare.
measure_clusters <- function(trial, measure, runs) {
  suppressPackageStartupMessages(library(geepack))
  d <- read.csv(trial)
  d <- d[order(d$clinic, d$client, d$month), ]
  s <- d[!is.na(d$score), ]
  s$visit <- factor(s$month)
  measure("gee_trial", function() {
    fit <- geeglm(score ~ arm * visit, id = clinic, data = s, corstr = "exchangeable")
    sqrt(vcov(fit)[2, 2])
  }, runs)
  nine <- d[d$month == 9 & !is.na(d$score), ]
  first <- d[d$month == 0, ]
  nine$base <- first$score[match(nine$client, first$client)]
  nine <- nine[!is.na(nine$base), ]
  cluster <- as.integer(factor(nine$clinic))
  arm <- tapply(nine$arm, cluster, `[`, 1)
  sizes <- tabulate(cluster)
  measure("permutation_trial", function() {
    fit <- .lm.fit(cbind(1, nine$base), nine$score)
    means <- rowsum(fit$residuals, cluster)[, 1] / sizes
    treated <- combn(length(means), sum(arm))
    sums <- colSums(matrix(means[treated], nrow(treated)))
    differences <- sums / sum(arm) - (sum(means) - sums) / sum(1 - arm)
    own <- mean(means[arm == 1]) - mean(means[arm == 0])
    mean(abs(differences) >= abs(own) - 1e-12)
  }, runs)
  # All samples at once, as matrices.
  wild <- function(values) {
    x <- cbind(1, nine$arm, nine$base)
    bread <- solve(crossprod(x))
    null <- .lm.fit(x[, -2], nine$score)
    fitted <- nine$score - null$residuals
    w <- as.matrix(expand.grid(rep(list(values), length(sizes))))
    t_of <- function(y) {
      b <- bread %*% crossprod(x, y)
      e <- y - x %*% b
      v <- as.vector(bread[2, ] %*% t(x))
      b[2, ] / sqrt(colSums(rowsum(v * e, cluster)^2))
    }
    own <- t_of(matrix(nine$score))
    mean(abs(t_of(fitted + null$residuals * t(w)[cluster, , drop = FALSE])) >= abs(own) - 1e-10)
  }
  measure("wild_trial", function() wild(c(-1, 1)), runs)
  webb <- sqrt(c(0.5, 1, 1.5))
  measure("wild_trial_webb", function() wild(c(webb, -webb)), runs)
}

# Golden numbers of the tests of trials of few clinics, from data sets that come with R and packages that are not ours:
# base R, MASS, boot, survival, sandwich, geepack (and jsonlite to write them).
# Usage, from the project's root: Rscript script/oracle/few_clusters.R
# Writes Tests/MetricsTests/Fixtures/few_clusters.json: the data and the values R gives for them.

suppressPackageStartupMessages({ library(MASS); library(survival); library(sandwich); library(geepack) })
target <- "Tests/MetricsTests/Fixtures/few_clusters.json"
out <- list()

# Six blocks, two treated plots and two controls in each of four: clinics' covariates, strata and weights by lm.
d <- transform(npk, N = as.integer(N) - 1, P = as.integer(P) - 1, block = as.integer(block))
w <- seq(1, 3, length.out = nrow(d))
effect <- function(m) { s <- summary(m)$coefficients["N", ]; ci <- confint(m)["N", ]
  c(s[[1]], s[[2]], m$df.residual, s[[3]], s[[4]], ci[[1]], ci[[2]]) }
out$npk <- list(value = d$yield, arm = d$N, stratum = d$block, covariate = d$P, weight = w,
  plain = effect(lm(yield ~ N, d)), stratified = effect(lm(yield ~ N + factor(block), d)),
  adjusted = effect(lm(yield ~ N + P + factor(block), d)), weighted = effect(lm(yield ~ N + P, d, weights = w)))

# Errors by cluster of least squares with six clusters, by sandwich; the wild bootstrap written out.
o <- transform(oats, V = as.integer(V), N = as.numeric(sub("cwt", "", as.character(N))), B = as.integer(B))
o$first <- as.integer(o$V == 1); o <- o[-c(1, 5, 9, 20, 33, 34, 60, 61, 62), ]
m <- lm(Y ~ N + first, o)
# Of HC2 and HC3 sandwich takes (G - 1)/G of what Bell & McCaffrey have, which its own adjustment undoes.
error <- function(type) unname(sqrt(diag(vcovCL(m, ~ B, type = type, cadjust = type != "HC0"))))
X <- model.matrix(m); bread <- solve(crossprod(X)); K <- 6; n <- nrow(X)
tstat <- function(y) { b <- bread %*% crossprod(X, y); e <- drop(y - X %*% b); S <- rowsum(X * e, o$B)
  V <- bread %*% crossprod(S) %*% bread * K / (K - 1) * (n - 1) / (n - 3); (b[2]) / sqrt(V[2, 2]) }
wild <- function(values, delta) { X0 <- X[, -2]; y <- o$Y - delta * X[, 2]
  f0 <- drop(X0 %*% solve(crossprod(X0), crossprod(X0, y))); e0 <- y - f0; t0 <- tstat(y)
  W <- as.matrix(expand.grid(rep(list(values), 6))); t <- apply(W, 1, function(w) tstat(f0 + e0 * w[o$B]))
  mean(abs(t) >= abs(t0) - 1e-9) }
webb <- sqrt(c(.5, 1, 1.5)); webb <- c(webb, -webb); deltas <- c(50, 62, 70, 80, 90)
out$oats <- list(cluster = o$B, nitrogen = o$N, first = o$first, yield = o$Y, coefficients = unname(coef(m)),
  HC0 = error("HC0"), HC2 = error("HC2"), HC3 = error("HC3"), delta = deltas,
  rademacher = sapply(deltas, function(x) wild(c(1, -1), x)), webb = wild(webb, 62))

# Logistic equations on weeks that are not all there, by geepack (its denominators are members and pairs).
b <- transform(bacteria, y = as.integer(y == "y"), drug = as.integer(ap == "a"), id = as.integer(factor(ID)))
b <- b[order(b$id, b$week), ]
equations <- function(structure) { g <- geeglm(y ~ drug + week, id = id, waves = week, data = b, family = binomial,
    corstr = structure, control = geese.control(epsilon = 1e-12, maxit = 200))
  list(beta = unname(coef(g)), se = unname(sqrt(diag(vcov(g)))), alpha = unname(g$geese$alpha), phi = unname(g$geese$gamma)) }
out$bacteria <- list(y = b$y, drug = b$drug, week = b$week, id = b$id, exchangeable = equations("exchangeable"))

# Stage one of bacteria: events that week alone lets expect, by child; and the same by least squares.
g <- glm(y ~ week, binomial, b, epsilon = 1e-14); l <- lm(y ~ week, b)
out$stageone <- list(expected = as.vector(tapply(fitted(g), b$id, sum)), residual = as.vector(tapply(resid(l), b$id, mean)))

# Gamma frailty, run until it stands still and with the whole matrix of second derivatives.
frailty_fit <- function(f, data) { m <- suppressWarnings(coxph(f, data, control = coxph.control(eps = 1e-12,
    toler.chol = 1e-13, outer.max = 100, iter.max = 100))); k <- grep("gamma:", names(coef(m)), invert = TRUE)
  list(coef = unname(coef(m)[k]), se = unname(sqrt(diag(m$var))[k]), theta = m$history[[1]]$theta) }
r <- subset(rats, sex == "f")
out$rats <- c(list(time = r$time, status = r$status, rx = r$rx, litter = r$litter),
  frailty_fit(Surv(time, status) ~ rx + frailty(litter, sparse = FALSE, eps = 1e-10), r))
k <- transform(kidney, female = sex - 1, age = age / 10)
out$kidney <- c(list(time = k$time, status = k$status, female = k$female, age = k$age, id = k$id),
  frailty_fit(Surv(time, status) ~ female + age + frailty(id, sparse = FALSE, eps = 1e-10), k))
lung <- lung[!is.na(lung$inst), ]
out$lung <- list(time = lung$time, status = lung$status - 1, sex = lung$sex, inst = lung$inst,
  note = "survival stops at a frailty variance near 0", theta = frailty_fit(Surv(time, status) ~ sex + frailty(inst,
    sparse = FALSE, eps = 1e-10), lung)$theta)

# Noncentral t and the power of t tests.
grid <- expand.grid(t = c(-12.7, -2.776, 0, 1.5, 4), df = c(1, 4, 9.5, 66), shift = c(-3, 0, .4, 2.8, 9))
out$noncentral <- c(as.list(grid), list(p = mapply(pt, grid$t, grid$df, grid$shift)))
se <- function(m, icc) sqrt(icc + (1 - icc) / m)
out$power <- list(two = power.t.test(n = 3, delta = .5, sd = se(30, .05), strict = TRUE)$power,
  detectable = power.t.test(n = 3, power = .8, sd = se(30, .05), strict = TRUE, tol = 1e-12)$delta,
  paired = power.t.test(n = 34, delta = .1, sd = sqrt(2 * (.05 * .4 + .95 / 36)), type = "paired", strict = TRUE)$power)

# Intraclass correlation of a balanced table by aov, Searle's limits by qf.
a <- summary(aov(Yield ~ Batch, lme4::Dyestuff))[[1]]; f <- a[1, 4]
searle <- function(p) (f / qf(p, 5, 24) - 1) / (f / qf(p, 5, 24) + 4)
out$dyestuff <- list(yield = lme4::Dyestuff$Yield, batch = as.integer(lme4::Dyestuff$Batch),
  icc = (a[1, 3] - a[2, 3]) / (a[1, 3] + 4 * a[2, 3]), limits = c(searle(.975), searle(.025)))

# BCa over every resample of four clinics against three, written out; the acceleration by boot::empinf.
y <- c(3.1, 4.7, 2.2, 6.9, 1.4, 2.8, 0.3); arm <- c(1, 1, 1, 1, 0, 0, 0)
mean_of <- function(d, i) mean(d[i][arm == 1]) - mean(d[i][arm == 0])
z <- as.vector(outer(rowMeans(matrix(y[as.matrix(expand.grid(rep(list(1:4), 4)))], 256)),
  rowMeans(matrix(y[as.matrix(expand.grid(rep(list(5:7), 3)))], 27)), "-"))
l <- boot::empinf(data = y, statistic = function(d, w) sum(d * w * arm) / sum(w * arm) - sum(d * w * (1 - arm)) / sum(w * (1 - arm)),
  stype = "w", type = "inf", strata = arm)
n <- ifelse(arm == 1, 4, 3); l <- l / n; acc <- sum(l^3) / (6 * sum(l^2)^1.5)
obs <- mean_of(y, 1:7); z0 <- qnorm(mean(z < obs - 1e-9) / 2 + mean(z < obs + 1e-9) / 2)
level <- function(p) pnorm(z0 + (z0 + qnorm(p)) / (1 - acc * (z0 + qnorm(p))))
out$bca <- list(value = y, arm = arm, acceleration = acc, bias = z0, limits = unname(quantile(z, c(level(.025), level(.975)), type = 1)),
  percentile = unname(quantile(z, c(.025, .975), type = 1)), sd = sqrt(mean((z - mean(z))^2)))

writeLines(jsonlite::toJSON(out, digits = NA, auto_unbox = TRUE, null = "null", na = "null"), target)

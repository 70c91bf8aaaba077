# Golden numbers of the tests of whole trials (Sources/Metrics/Trials): the effect at the last visit by every method that R
# has, from a trial drawn here. Packages: lme4, lmerTest, pbkrtest, jsonlite.
# Usage, from the project's root: Rscript script/oracle/trials.R
# Writes Tests/MetricsTests/Fixtures/trials.json: the participants and the values R gives for them.

suppressPackageStartupMessages({ library(lme4); library(lmerTest); library(pbkrtest) })
target <- "Tests/MetricsTests/Fixtures/trials.json"
set.seed(20261123)
LC <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-11, maxfun = 1e5), calc.derivs = FALSE)

# Eight clinics in two strata, two treated in each; scores and yes or no at months 0, 3 and 6; some visits missed.
sizes <- c(17, 23, 12, 20, 26, 15, 19, 22)
w <- data.frame(clinic = rep(1:8, sizes))
w$stratum <- ifelse(w$clinic <= 4, 1, 2); w$arm <- as.integer(w$clinic %% 2 == 0); n <- nrow(w); w$id <- 1:n
w$age <- sample(22:58, n, TRUE)
level <- rnorm(8, 0, 2)[w$clinic]; own <- rnorm(n, 0, 3)
for (v in c(0, 3, 6)) {
  w[[paste0("score", v)]] <- round(30 + level + own + .05 * w$age + (v > 0) * 1.5 * w$arm + v / 3 * rnorm(8, 0, 1)[w$clinic] + rnorm(n, 0, 4))
  w[[paste0("use", v)]] <- rbinom(n, 1, plogis(-.2 - .35 * level + .2 * own - (v > 0) * .8 * w$arm))
}
lost <- function(share) runif(n) < share
for (v in c(3, 6)) { gone <- lost(.15); w[gone, paste0(c("score", "use"), v)] <- NA }
gone <- lost(.04); w[gone, c("score0", "use0")] <- NA
long <- do.call(rbind, lapply(c(0, 3, 6), function(v) data.frame(w[c("id", "clinic", "stratum", "arm", "age")],
  base = w$score0, visit = v, score = w[[paste0("score", v)]])))
long <- long[!is.na(long$score), ]; long$visit <- factor(long$visit); long$st <- factor(long$stratum)

contrast <- function(m, L, method) { if (method == "kr") { s <- sqrt(drop(t(L) %*% vcovAdj(m) %*% L))
    list(estimate = sum(L * fixef(m)), error = as.numeric(s), degrees = Lb_ddf(L, vcov(m), vcovAdj(m)))
  } else { s <- contest1D(m, L, ddf = "Satterthwaite")
    list(estimate = s[["Estimate"]], error = s[["Std. Error"]], degrees = s[["df"]]) } }
pick <- function(m, ...) { wanted <- c(...); L <- numeric(length(fixef(m))); L[match(wanted, names(fixef(m)))] <- 1
  stopifnot(sum(L) == length(wanted)); L }
f <- droplevels(subset(long, visit != 0 & !is.na(base)))
ancova <- lmer(score ~ arm * visit + base + st + age + (1 | clinic) + (1 | id), f, control = LC)
drift <- lmer(score ~ arm * visit + base + st + age + (1 | clinic) + (1 | clinic:visit) + (1 | id), f, control = LC)
long$a3 <- long$arm * (long$visit == 3); long$a6 <- long$arm * (long$visit == 6)
common <- lmer(score ~ visit + a3 + a6 + st + age + (1 | clinic) + (1 | id), long, control = LC)
published <- lmer(score ~ arm * visit + st + age + (1 | clinic) + (1 | id), long, control = LC)
out <- list(mixed_model = contrast(ancova, pick(ancova, "arm", "arm:visit6"), "kr"),
  mixed_model_visits = contrast(drift, pick(drift, "arm", "arm:visit6"), "kr"),
  mixed_model_baseline = contrast(common, pick(common, "a6"), "kr"),
  mixed_model_published = contrast(published, pick(published, "arm:visit6"), "satt"),
  mixed_model_unadjusted = contrast(published, pick(published, "arm", "arm:visit6"), "kr"))

# Two stages: participants without the arm, then clinics within strata.
arms <- tapply(w$arm, w$clinic, `[`, 1); strata <- factor(tapply(w$stratum, w$clinic, `[`, 1))
stage2 <- function(values) { s <- summary(m <- lm(as.vector(values) ~ arms + strata))$coefficients["arms", ]
  list(estimate = s[[1]], error = s[[2]], degrees = m$df.residual, p = s[[4]]) }
s <- subset(w, !is.na(score0) & !is.na(score6))
out$two_stage <- stage2(tapply(resid(lm(score6 ~ score0 + age, s)), s$clinic, mean))
means <- tapply(resid(lm(score6 ~ score0 + age, s)), s$clinic, mean)
t <- t.test(means[arms == 1], means[arms == 0])
out$welch <- list(estimate = unname(diff(rev(t$estimate))), error = t$stderr, degrees = unname(t$parameter), p = t$p.value)
u <- subset(w, !is.na(use0) & !is.na(use6))
g <- glm(use6 ~ use0 + age, binomial, u, epsilon = 1e-14)
O <- tapply(u$use6, u$clinic, sum); E <- tapply(fitted(g), u$clinic, sum); N <- tapply(u$use6, u$clinic, length)
out$two_stage_binary <- stage2((O - E) / N)
out$two_stage_ratio <- stage2(log(O / E)); stopifnot(all(O > 0))

# Estimating equations with independence: least squares, Kauermann & Carroll's errors written out with the n x n hat matrix.
equations <- function(formula, data) { X <- model.matrix(formula, data); y <- model.response(model.frame(formula, data))
  M <- solve(crossprod(X)); b <- drop(M %*% crossprod(X, y)); e <- drop(y - X %*% b); S <- 0
  for (i in split(seq_along(y), data$clinic)) { H <- eigen(diag(length(i)) - X[i, ] %*% M %*% t(X[i, ]), symmetric = TRUE)
    stopifnot(H$values > 1e-8)
    g <- crossprod(X[i, ], H$vectors %*% (crossprod(H$vectors, e[i]) / sqrt(H$values))); S <- S + tcrossprod(g) }
  list(estimate = b[["arm"]], error = sqrt((M %*% S %*% M)["arm", "arm"]), degrees = 5) }
s$st <- factor(s$stratum); u$st <- factor(u$stratum)
out$estimating_equations <- equations(score6 ~ arm + st + score0 + age, s)
out$estimating_equations_binary <- equations(use6 ~ arm + st + use0 + age, u)

# Levels of clinics by 25 points; the difference averages everybody over clinics.
m <- glmer(use6 ~ arm + st + use0 + I(age / 10) + (1 | clinic), u, binomial, nAGQ = 25,
  control = glmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-9, maxfun = 1e5)))
share <- function(a) { d <- u; d$arm <- a; eta <- predict(m, d, re.form = NA); sd <- getME(m, "theta")
  mean(sapply(eta, function(x) integrate(function(z) plogis(x + sd * z) * dnorm(z), -9, 9, rel.tol = 1e-10)$value)) }
out$logistic_odds_ratio <- list(estimate = exp(fixef(m)[["arm"]]), error = sqrt(vcov(m)["arm", "arm"]), degrees = 5)
out$logistic_mixed_model <- list(estimate = share(1) - share(0))
stopifnot(getME(m, "theta") > .05)

# Each clinic's change: t intervals of its own, and its distance from its arm with the error of prediction.
s$change <- s$score6 - s$score0
m <- lmer(change ~ arm + (1 | clinic), s, control = LC); v <- as.data.frame(VarCorr(m))$vcov; stopifnot(v[1] > .01)
X <- model.matrix(m); Z <- as.matrix(getME(m, "Z")); V <- v[1] * tcrossprod(Z) + diag(v[2], nrow(X)); W <- solve(V)
P <- W - W %*% X %*% solve(t(X) %*% W %*% X) %*% t(X) %*% W
each <- function(f) unname(sapply(split(s$change, s$clinic), f))
out$clinics <- list(change = each(mean), lower = each(function(x) t.test(x)$conf.int[1]),
  upper = each(function(x) t.test(x)$conf.int[2]), deviation = ranef(m)$clinic[[1]],
  error = sqrt(diag(diag(v[1], 8) - v[1]^2 * t(Z) %*% P %*% Z)))

out$data <- as.list(w)
writeLines(jsonlite::toJSON(out, digits = 15, auto_unbox = TRUE, na = "null", null = "null"), target)

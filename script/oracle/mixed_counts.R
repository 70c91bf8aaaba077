# Golden numbers of mixed logistic and Poisson models, from glmmTMB (Laplace, by automatic differentiation) and lme4
# (adaptive Gauss-Hermite quadrature), on published data that come with R's packages and on simulated trials.
# Usage, from the project's root: Rscript script/oracle/mixed_counts.R
# Writes Tests/MetricsTests/Fixtures/mixed_counts.json: design, counts, clusters and members, and what R makes of them.

suppressPackageStartupMessages({ library(lme4); library(glmmTMB) })
target <- "Tests/MetricsTests/Fixtures/mixed_counts.json"
tight <- glmmTMBControl(optCtrl = list(iter.max = 2000, eval.max = 2000, rel.tol = 1e-14, x.tol = 1e-14))
bobyqa <- glmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = .05, rhoend = 1e-9, maxfun = 2e5),
  tolPwrss = 1e-11, check.conv.singular = "ignore", check.conv.grad = "ignore", check.conv.hess = "ignore")
cases <- list()

# d holds y, and where they are needed size (trials), log_time, cluster and member; f is the formula's right side.
add <- function(id, source, d, f, family, points = NULL) {
  is_binomial <- family == "binomial"
  d$size <- if (is.null(d$size)) 1 else d$size
  d$log_time <- if (is.null(d$log_time)) 0 else d$log_time
  effects <- if (is.null(d$member)) "(1 | cluster)" else "(1 | cluster) + (1 | cluster:member)"
  left <- if (is_binomial) "cbind(y, size - y)" else "y"
  formula <- as.formula(paste(left, "~", f, "+ offset(log_time) +", effects))
  m <- glmmTMB(formula, d, get(family, mode = "function")(), control = tight)
  sd <- vapply(VarCorr(m)$cond, function(v) attr(v, "stddev")[[1]], 0)
  r <- ranef(m, condVar = TRUE)$cond$cluster
  X <- model.matrix(as.formula(paste("~", f)), d)
  one <- list(source = source, family = family, columns = lapply(seq_len(ncol(X)), function(j) X[, j]), counts = d$y,
    sizes = d$size, log_offset = d$log_time, clusters = as.integer(factor(d$cluster)),
    laplace = list(beta = fixef(m)$cond, se = sqrt(diag(vcov(m)$cond)), cluster_sd = sd[["cluster"]],
      member_sd = if (!is.null(d$member)) sd[["cluster:member"]], deviance = -2 * as.numeric(logLik(m)),
      mode = r[[1]], prediction_sd = sqrt(attr(r, "condVar")[1, 1, ])))
  if (!is.null(d$member)) one$members <- as.integer(factor(d$member))
  if (!is.null(points)) {
    g <- glmer(as.formula(paste(left, "~", f, "+ offset(log_time) +", effects)), d, get(family, mode = "function"), nAGQ = points,
      control = bobyqa)
    one$quadrature <- list(points = points, beta = fixef(g), cluster_sd = getME(g, "theta"),
      se = sqrt(diag(as.matrix(vcov(g, use.hessian = TRUE)))))
  }
  cases[[id]] <<- lapply(one, function(v) if (is.list(v)) lapply(v, unname) else unname(v))
}

data(respiratory, package = "geepack")
add("respiratory", "geepack::respiratory (Davis 1991): two centres", transform(respiratory, y = outcome,
  cluster = center, member = id), "treat * visit + baseline + sex + age", "binomial")
add("respiratory.patients", "the same, patients alone", transform(respiratory, y = outcome,
  cluster = interaction(center, id)), "treat + visit + baseline + age", "binomial", 25)
add("bacteria", "MASS::bacteria (Venables & Ripley 2002)", transform(MASS::bacteria, y = as.integer(y == "y"),
  cluster = ID), "trt + I(week > 2)", "binomial", 15)
data(grouseticks, package = "lme4")
add("grouseticks", "lme4::grouseticks (Elston et al. 2001), broods within places",
  transform(grouseticks, y = TICKS, cluster = LOCATION, member = BROOD), "YEAR + cHEIGHT", "poisson")
add("grouseticks.places", "the same, places alone", transform(grouseticks, y = TICKS, cluster = LOCATION),
  "YEAR + cHEIGHT", "poisson", 9)

simulated <- function(seed, clusters, members, visits, sd, missing = 0.1) {
  set.seed(seed)
  size <- sample(members, clusters, TRUE)
  d <- do.call(rbind, lapply(seq_len(clusters), function(k) expand.grid(visit = visits, member = seq_len(size[k]), cluster = k)))
  d$arm <- d$cluster %% 2
  d$shift <- rnorm(clusters, 0, sd[1])[d$cluster] + rnorm(sum(size), 0, sd[2])[cumsum(c(0, size))[d$cluster] + d$member]
  d[runif(nrow(d)) > missing, ]
}
d <- simulated(7, 6, 12:40, 0:5, c(.5, 1.2))
add("trial.seed7", "a trial of 3 v 3 clinics and six visits", transform(d,
  y = rbinom(nrow(d), 1, plogis(-.4 - .1 * visit - .15 * arm * visit + shift))), "arm * visit", "binomial")
d <- simulated(8, 14, 3:9, 1:3, c(.7, .6), .3)
d$size <- sample(1:6, nrow(d), TRUE)
add("trial.seed8", "14 small clinics, 1 to 6 tests a visit", transform(d,
  y = rbinom(nrow(d), size, plogis(.8 * arm - .6 + shift))), "arm + factor(visit)", "binomial")
d <- simulated(9, 30, 5:25, 1:2, c(.4, .5), .2)
d$log_time <- log(round(runif(nrow(d), .1, 3), 2))
add("events.seed9", "events of clients of 30 clinics at different times at risk", transform(d,
  y = rpois(nrow(d), exp(-.2 + .3 * arm + log_time + shift))), "arm + visit", "poisson")

jsonlite::write_json(list(r = R.version.string, glmmTMB = as.character(packageVersion("glmmTMB")),
  lme4 = as.character(packageVersion("lme4")), cases = cases), target, digits = 12, auto_unbox = TRUE, null = "null")

# Golden numbers of roll-out estimators on published data and on unbalanced panels, from metafor, nlme, sandwich and lm.
# Usage, from the project's root: Rscript script/oracle/rollout.R
# Writes Tests/MetricsTests/Fixtures/rollout.json.
suppressPackageStartupMessages({ library(metafor); library(nlme); library(sandwich) })

target <- "Tests/MetricsTests/Fixtures/rollout.json"
errors <- function(v) unname(sqrt(diag(v)))

# Pooling: one record for each estimator; steps of REML and ML are halved, as whole ones fail where variances are large.
pool <- function(yi, vi) {
  yi <- as.numeric(yi)
  each <- lapply(c("REML", "ML", "DL", "PM", "HS", "SJ", "FE"), function(m) {
    control <- list(threshold = 1e-14, maxiter = 1e5, tol = 1e-15, stepadj = 0.5)
    if (m == "PM") control$stepadj <- NULL
    f <- rma(yi, vi, method = m, control = control)
    k <- rma(yi, vi, method = m, control = control, test = "knha")
    b <- if (m == "FE") NULL else blup(f)
    list(mu = f$b[1], se = f$se, hk_se = k$se, hk_lo = k$ci.lb, hk_hi = k$ci.ub, tau2 = f$tau2,
         se_tau2 = if (m == "FE") NA else f$se.tau2, Q = f$QE, I2 = f$I2, H2 = f$H2, loglik = as.numeric(logLik(f)),
         pred = if (m == "FE") NULL else b$pred, pred_se = if (m == "FE") NULL else b$se)
  })
  names(each) <- c("REML", "ML", "DL", "PM", "HS", "SJ", "FE")
  q <- confint(rma(yi, vi, method = "DL"), control = list(tol = 1e-14, tau2.max = 1e6), level = 90)$random
  list(y = yi, v = as.numeric(vi), each = each, q90 = c(q[1, 2], q[1, 3]))
}
bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = metadat::dat.bcg)
normand <- escalc(measure = "MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i,
                  data = metadat::dat.normand1999)
hart <- escalc(measure = "IRR", x1i = x1i, x2i = x2i, t1i = t1i, t2i = t2i, data = metadat::dat.hart1999)
teacher <- metadat::dat.raudenbush1985
control <- list(threshold = 1e-14, maxiter = 1e5)
regression <- function(yi, vi, ...) {
  x <- cbind(...)
  f <- rma(as.numeric(yi), vi, mods = x, test = "knha", control = control)
  list(y = as.numeric(yi), v = as.numeric(vi), x = lapply(seq_len(ncol(x)), function(j) as.numeric(x[, j])),
       beta = as.vector(f$b), se = f$se, tau2 = f$tau2, QE = f$QE, F = f$QM, p = f$QMp, R2 = f$R2)
}

# Autoregressive errors at times with gaps.
autoregression <- function(y, X, t) {
  d <- data.frame(y = y, X, t = t)
  form <- reformulate(colnames(X), "y")
  tight <- glsControl(tolerance = 1e-13, msTol = 1e-14, maxIter = 500, msMaxIter = 500)
  one <- function(method) {
    g <- gls(form, d, correlation = corAR1(0.1, form = ~t), method = method, control = tight)
    # nlme stops at about 1e-6 of rho: polish by its own likelihood.
    at <- function(r) as.numeric(logLik(gls(form, d, method = method,
                                             correlation = corAR1(r, form = ~t, fixed = TRUE))))
    start <- coef(g$modelStruct$corStruct, unconstrained = FALSE)
    r <- optimize(at, start + c(-0.05, 0.05), maximum = TRUE, tol = 1e-12)$maximum
    g <- gls(form, d, method = method, correlation = corAR1(r, form = ~t, fixed = TRUE))
    list(coef = unname(coef(g)), se = errors(vcov(g)), rho = r, sigma = g$sigma, loglik = as.numeric(logLik(g)))
  }
  list(y = y, x = lapply(as.data.frame(X), as.numeric), t = t, ML = one("ML"), REML = one("REML"))
}
ozone <- subset(data.frame(airquality, t = as.numeric(as.Date(ISOdate(1973, airquality$Month, airquality$Day)))),
                !is.na(Ozone) & !is.na(Solar.R))
lake <- data.frame(level = as.numeric(LakeHuron), year = 1875:1972)

# The seat belt law of 31 January 1983 (Harvey & Durbin 1986): drivers killed by month over kilometres driven, with two
# yearly waves; and with the three months after the law left out.
belts <- as.data.frame(Seatbelts)
belts$month <- seq_len(nrow(belts)) - 1
belts$after <- belts$law
belts$since <- pmax(0, belts$month - 169)
for (k in 1:2) belts[c(paste0("c", k), paste0("s", k))] <-
  list(cos(2 * pi * k * belts$month / 12), sin(2 * pi * k * belts$month / 12))
counts <- function(d, lag) {
  m <- glm(DriversKilled ~ month + after + since + c1 + s1 + c2 + s2 + offset(log(kms)), quasipoisson, d,
           control = glm.control(epsilon = 1e-14, maxit = 100))
  v <- NeweyWest(m, lag = lag, prewhite = FALSE, adjust = TRUE)
  at12 <- c(0, 0, 1, 12, 0, 0, 0, 0)
  list(level = unname(coef(m)["after"]), slope = unname(coef(m)["since"]), se = errors(vcov(m))[3:4],
       newey = errors(v)[3:4], dispersion = summary(m)$dispersion, effect12 = sum(at12 * coef(m)),
       effect12_se = sqrt(drop(at12 %*% vcov(m) %*% at12)), effect12_newey = sqrt(drop(at12 %*% v %*% at12)))
}
phased <- belts[belts$month < 169 | belts$month >= 172, ]
phased$since <- pmax(0, phased$month - 172)
rates <- autoregression(log((belts$DriversKilled + 0.5) / belts$kms),
                        belts[c("month", "after", "since", "c1", "s1")], belts$month)

# A panel with values missing and weights: cells are regressions of a change on being treated, by site HC0.
set.seed(20130612)
n <- 60
T <- 9
begun <- rep(c(3, 5, 8, 0), length.out = n)
weight <- round(runif(n, 20, 200))
Y <- matrix(rnorm(n), n, T) + matrix(0.2 * seq_len(T), n, T, byrow = TRUE) + matrix(rnorm(n * T), n, T)
for (i in seq_len(n)) if (begun[i] > 0) Y[i, begun[i]:T] <- Y[i, begun[i]:T] + 0.3 * (seq_len(T - begun[i] + 1))
Y[runif(n * T) < 0.12] <- NA
cells <- do.call(rbind, lapply(c(3, 5, 8), function(g) do.call(rbind, lapply(2:T, function(t) {
  b <- if (t >= g) g - 1 else t - 1
  change <- Y[, t] - Y[, b]
  use <- !is.na(change) & (begun == g | begun == 0 | begun > max(t, b))
  d <- data.frame(change = change, a = as.integer(begun == g), w = weight)[use, ]
  m <- lm(change ~ a, d)
  mw <- lm(change ~ a, d, weights = w)
  data.frame(g, t, att = coef(m)[["a"]], se = errors(vcovHC(m, "HC0"))[2], att_w = coef(mw)[["a"]],
             se_w = errors(vcovHC(mw, "HC0"))[2])
}))))
long <- data.frame(y = as.vector(Y), site = rep(seq_len(n), T), t = rep(seq_len(T), each = n), g = rep(begun, T))
long <- long[!is.na(long$y), ]
long$D <- as.integer(long$g > 0 & long$t >= long$g)
m <- lm(y ~ D + factor(site) + factor(t), long)
v <- vcovCL(m, long$site, type = "HC0", cadjust = FALSE)["D", "D"]
p <- length(coef(m))
N <- nrow(long)
panel <- list(values = lapply(seq_len(n), function(i) Y[i, ]), begun = begun, weight = weight, cells = cells,
              twfe = list(coef = coef(m)[["D"]], se = sqrt(v * n / (n - 1) * (N - 1) / (N - p)),
                          se_iid = sqrt(vcov(m)["D", "D"]), p = p, N = N))

fixture <- list(
  meta = list(generator = "script/oracle/rollout.R", R = as.character(getRversion()),
              metafor = as.character(packageVersion("metafor")), nlme = as.character(packageVersion("nlme"))),
  bcg = pool(bcg$yi, bcg$vi), normand = pool(normand$yi, normand$vi), hart = pool(hart$yi, hart$vi),
  teacher = pool(teacher$yi, teacher$vi),
  bcg_latitude = regression(bcg$yi, bcg$vi, bcg$ablat, bcg$year - 1948),
  teacher_weeks = regression(teacher$yi, teacher$vi, teacher$weeks),
  ozone = autoregression(ozone$Ozone, ozone[c("Wind", "Temp", "Solar.R")], ozone$t),
  lake = autoregression(lake$level, lake["year"], lake$year),
  belts = list(killed = belts$DriversKilled, kms = belts$kms, counts = counts(belts, 4), phased = counts(phased, 4),
               rates = rates[c("ML", "REML")]),
  panel = panel)
encoded <- vapply(fixture, jsonlite::toJSON, "", dataframe = "columns", digits = I(15), auto_unbox = TRUE, na = "null",
                  null = "null")
writeLines(c("{", paste0("\"", names(fixture), "\": ", encoded, c(rep(",", length(fixture) - 1), "")), "}"), target)

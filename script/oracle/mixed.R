# Golden numbers of linear mixed models on published data and on a simulated trial of another shape, from lme4, lmerTest
# and pbkrtest (and jsonlite to write them).
# Usage, from the project's root: Rscript script/oracle/mixed.R
# Writes Tests/MetricsTests/Fixtures/mixed.json.
suppressPackageStartupMessages({
  library(lme4)
  library(lmerTest)
  library(pbkrtest)
})
control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 0.2, rhoend = 1e-10, maxfun = 1e5),
                       check.conv.singular = "ignore", calc.derivs = FALSE)

# Rows as our estimator takes them, and what R says of each coefficient and of the last two at once.
case <- function(name, formula, data, cluster, subject = NULL, slope = NULL) {
  m <- lmerTest::lmer(formula, data, control = control)
  x <- getME(m, "X")
  units <- diag(ncol(x))
  plain <- coef(summary(m, ddf = "Satterthwaite"))
  adjusted <- as.matrix(vcovAdj(m))
  last <- units[max(1, ncol(x) - 1):ncol(x), , drop = FALSE]
  together <- KRmodcomp(m, last)$test
  satterthwaite <- contestMD(m, last)
  left <- levels(factor(cluster))[1]
  kept <- factor(cluster) != left
  without <- lme4::lmer(formula, data[kept, ], control = control)
  variances <- as.data.frame(VarCorr(m))
  list(name = name, outcome = as.numeric(getME(m, "y")), fixed = lapply(seq_len(ncol(x)), function(j) unname(x[, j])),
       cluster = as.integer(factor(cluster)) - 1L,
       subject = if (!is.null(subject)) as.integer(factor(subject)) - 1L, slope = slope,
       criterion = REMLcrit(m), residual = sigma(m)^2, variances = variances$vcov[variances$grp != "Residual"],
       coefficients = unname(fixef(m)), se = unname(plain[, "Std. Error"]), df = unname(plain[, "df"]),
       se_kr = unname(sqrt(diag(adjusted))), df_kr = vapply(seq_len(ncol(x)), function(j) get_Lb_ddf(m, units[j, ]), 0),
       f = satterthwaite[["F value"]], f_df = satterthwaite[["DenDF"]],
       f_kr = together["Ftest", "stat"], f_kr_df = together["Ftest", "ddf"], f_kr_scale = together["Ftest", "F.scaling"],
       criterion_without_first = REMLcrit(without))
}

data("Oats", "Oxboys", "ergoStool", package = "nlme")
oats <- as.data.frame(Oats)
oxboys <- as.data.frame(Oxboys)
stool <- as.data.frame(ergoStool)
oats$Block <- factor(as.character(oats$Block))
oxboys$Subject <- factor(as.character(oxboys$Subject))
stool$Subject <- factor(as.character(stool$Subject))

# Ten clinics of uneven size, five visits, half of the later ones missed.
set.seed(71)
trial <- expand.grid(visit = 0:4, client = 1:90)
trial$clinic <- rep(rep(1:10, c(2, 3, 4, 6, 8, 9, 10, 14, 16, 18)), each = 5)
trial$arm <- trial$clinic %% 2
trial$score <- rnorm(10, 0, 2)[trial$clinic] + rnorm(90, 0, 3)[trial$client] + 0.4 * trial$arm * trial$visit + rnorm(450, 50, 5)
trial <- trial[trial$visit == 0 | runif(450) > 0.5, ]

cases <- list(
  case("oats: a split plot", yield ~ nitro + Variety + (1 | Block) + (1 | Block:Variety), oats, oats$Block,
       interaction(oats$Block, oats$Variety)),
  case("pastes: casks within batches", strength ~ 1 + (1 | batch) + (1 | sample),
       Pastes, Pastes$batch, Pastes$sample),
  case("oxford boys: slopes", height ~ age + I(age^2) + (age | Subject), oxboys, oxboys$Subject, slope = oxboys$age),
  case("stools: complete blocks", effort ~ Type + (1 | Subject), stool, stool$Subject),
  case("trial of ten clinics", score ~ arm * visit + (1 | clinic) + (1 | client), trial, trial$clinic, trial$client))
jsonlite::write_json(list(cases = cases), "Tests/MetricsTests/Fixtures/mixed.json", digits = I(15), auto_unbox = TRUE,
                     null = "null")

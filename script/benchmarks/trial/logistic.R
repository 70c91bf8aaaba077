# R's side of logistic.swift. measure(name, work, times) prints the figures; work gives -2 ln L.
# The model of long.csv takes glmmTMB the best part of a minute, and lme4's glmer more than ten: `once` is glmmTMB, glmer (both)
# or no.
measure_logistic <- function(trial, long, measure, runs, once = "no") {
  suppressPackageStartupMessages(library(lme4))
  control <- glmerControl(optimizer = "bobyqa", calc.derivs = FALSE)
  d <- read.csv(trial)
  d <- d[!is.na(d$urine_pos), ]
  d$fm <- factor(d$month)
  minus_two <- function(fit) -2 * as.numeric(logLik(fit))
  measure("glmm_trial", function() {
    minus_two(glmer(urine_pos ~ arm * fm + (1 | clinic) + (1 | client), d, binomial, control = control))
  }, runs)
  measure("glmm_trial_agq25", function() {
    minus_two(glmer(urine_pos ~ arm * month + (1 | client), d, binomial, nAGQ = 25, control = control))
  }, runs)
  if (once == "no") return(invisible())
  e <- read.csv(long)
  e$fm <- factor(e$month)
  measure("glmm_long", function() {
    minus_two(glmmTMB::glmmTMB(urine_pos ~ arm * fm + (1 | site) + (1 | client), e, binomial))
  }, 1)
  if (once != "glmer") return(invisible())
  measure("glmm_long_glmer", function() {
    minus_two(glmer(urine_pos ~ arm * fm + (1 | site) + (1 | client), e, binomial, control = control))
  }, 1)
}

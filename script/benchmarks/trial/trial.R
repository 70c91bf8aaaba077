# R's side of script/bench trial: the fastest way R has for each, in one warm process; reading files is not timed.
# Prints, like the Swift side: name, median seconds of the processor, least, most, a number to compare.
# Arguments: long.csv, trial.csv, and which way to the logistic model of long.csv is timed: glmmTMB, glmer (both) or no.
suppressPackageStartupMessages({
  library(lme4)
  library(lmerTest)
  library(pbkrtest)
})
files <- commandArgs(TRUE)
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(here, "clusters.R"))
source(file.path(here, "logistic.R"))
measure <- function(name, work, times = 3) {
  check <- 0
  seconds <- sort(vapply(seq_len(times), function(i) {
    gc(FALSE)
    sum(system.time(check <<- work())[c("user.self", "sys.self")])
  }, 0))
  cat(name, seconds[(times + 1) %/% 2], seconds[1], seconds[times], format(check, digits = 15), "\n")
}
# Without derivatives at the end, which only warnings need.
quick <- lmerControl(calc.derivs = FALSE)

long <- read.csv(files[1])
long$visit <- factor(long$month)
fit <- function() lme4::lmer(score ~ arm * visit + (1 | site) + (1 | client), long, control = quick)
measure("lmm_large_rows", function() REMLcrit(fit()), 1)
large <- lmerTest::lmer(score ~ arm * visit + (1 | site) + (1 | client), long, control = quick)
measure("lmm_large_satterthwaite", function() sum(coef(summary(large))[, "df"]), 1)

trial <- read.csv(files[2])
trial <- trial[!is.na(trial$score), ]
trial$visit <- factor(trial$month)
measure("lmm_trial_rows", function() {
  REMLcrit(lme4::lmer(score ~ arm * visit + (1 | clinic) + (1 | client), trial, control = quick))
})
small <- lmerTest::lmer(score ~ arm * visit + (1 | clinic) + (1 | client), trial, control = quick)
measure("lmm_trial_kenward_roger", function() sum(coef(summary(small, ddf = "Kenward-Roger"))[, "df"]))
members <- split(seq_len(nrow(trial)), trial$clinic)
measure("lmm_trial_bootstrap", function() {
  set.seed(1)
  mean(replicate(1000, {
    drawn <- sample(length(members), replace = TRUE)
    rows <- do.call(rbind, lapply(seq_along(drawn), function(place) {
      own <- trial[members[[drawn[place]]], ]
      own$clinic <- place
      own$client <- own$client + 1e6 * place
      own
    }))
    suppressMessages(fixef(lme4::lmer(score ~ month + (1 | clinic) + (1 | client), rows, control = quick))[2])
  }))
}, 1)

measure_clusters(files[2], measure, 3)
measure_logistic(files[2], files[1], measure, 3, files[3])

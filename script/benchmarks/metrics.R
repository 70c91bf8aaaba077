# R's side of script/bench metrics: the fastest way R has for each, in one warm process; reading files is not timed.
# Prints, like the Swift side: name, median seconds of the processor, least, most, a number to compare.
suppressPackageStartupMessages(library(survival))
folder <- commandArgs(TRUE)[1]
runs <- as.integer(commandArgs(TRUE)[2])
measure <- function(name, work, times = runs) {
  check <- 0
  seconds <- sort(vapply(seq_len(times), function(i) {
    gc(FALSE)
    sum(system.time(check <<- work())[c("user.self", "sys.self")])
  }, 0))
  cat(name, seconds[(times + 1) %/% 2], seconds[1], seconds[times], format(check, digits = 12), "\n")
}

episodes <- read.csv(file.path(folder, "episodes.csv"))
episodes$event <- as.integer(episodes$reason > 0)
# Site by site: one call for all 800 strata is slower by far.
measure("kaplan_meier", function() {
  sums <- lapply(split(episodes[c("day", "event")], episodes$site), function(site) {
    s <- summary(survfit(Surv(day, event) ~ 1, site, conf.type = "log-log"), times = c(90, 182, 365), extend = TRUE)
    sum(s$surv, s$lower, s$upper, na.rm = TRUE)
  })
  sum(unlist(sums))
})
measure("aalen_johansen", function() {
  fit <- lapply(split(episodes[c("day", "reason")], episodes$site), function(site) {
    s <- summary(survfit(Surv(day, factor(reason, 0:4)) ~ 1, site), times = 365, extend = TRUE)
    sum(s$pstate[, -1])
  })
  sum(unlist(fit))
}, 1)

panel <- read.csv(file.path(folder, "panel.csv"))
panel <- within(panel, {
  yr <- month / 12
  c1 <- cos(2 * pi * month / 12)
  s1 <- sin(2 * pi * month / 12)
})
sites <- split(panel, panel$site)
# glm.fit instead of glm: no formula to read 800 times.
measure("trend", function() {
  sum(vapply(sites, function(d) {
    x <- cbind(1, d$yr, d$c1, d$s1)
    fit <- glm.fit(x, d$exits, offset = log(d$caseload), family = quasipoisson())
    class(fit) <- "glm"
    coef(summary(fit))[2, 1]
  }, 0))
})
measure("mann_kendall", function() {
  sum(vapply(sites, function(d) {
    x <- d$exits / d$caseload
    o <- outer(x, x, "-")
    below <- lower.tri(o)
    sum(sign(o[below])) + median((o / outer(d$month, d$month, "-"))[below])
  }, 0))
})

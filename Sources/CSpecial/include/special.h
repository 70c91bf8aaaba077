// Special functions of Boost.Math 1.74 behind C names. Arguments are checked on the Swift side;
// outside its domain a function returns NaN or an infinity and never throws.
#pragma once
#ifdef __cplusplus
extern "C" {
#endif

double sp_gamma_p(double a, double x);             // P(a, x), lower regularised incomplete gamma
double sp_gamma_q(double a, double x);             // Q(a, x) = 1 - P(a, x)
double sp_gamma_p_inverse(double a, double p);     // x with P(a, x) = p
double sp_gamma_q_inverse(double a, double q);     // x with Q(a, x) = q
double sp_gamma_p_derivative(double a, double x);  // dP/dx = x^(a-1) e^-x / gamma(a)

double sp_beta(double a, double b, double x);             // I_x(a, b), regularised incomplete beta
double sp_beta_complement(double a, double b, double x);  // 1 - I_x(a, b)
double sp_beta_inverse(double a, double b, double p);     // x with I_x(a, b) = p
double sp_beta_derivative(double a, double b, double x);  // dI/dx = x^(a-1) (1-x)^(b-1) / B(a, b)

double sp_normal_cdf(double z);
double sp_normal_quantile(double p);
double sp_t_cdf(double df, double t);
double sp_t_quantile(double df, double p);
double sp_f_upper(double df1, double df2, double x);  // P(F > x)
double sp_f_quantile(double df1, double df2, double p);

double sp_digamma(double x);
double sp_trigamma(double x);
double sp_lgamma(double x);

#ifdef __cplusplus
}
#endif

#include "special.h"

#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>
#include <limits>

namespace {
namespace math = boost::math;
namespace policies = boost::math::policies;

// No exception may cross into Swift, where it would end the program; long double would cost speed for digits nobody
// reads.
using Quiet = policies::policy<
    policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
    policies::overflow_error<policies::ignore_error>, policies::underflow_error<policies::ignore_error>,
    policies::denorm_error<policies::ignore_error>, policies::evaluation_error<policies::ignore_error>,
    policies::rounding_error<policies::ignore_error>,
    policies::indeterminate_result_error<policies::ignore_error>, policies::promote_double<false>>;
using StudentT = math::students_t_distribution<double, Quiet>;
using FisherF = math::fisher_f_distribution<double, Quiet>;

constexpr double squareRootOfTwo = 1.4142135623730950488;

// The root finders behind the inverses throw whatever the policy says (Boost 1.74); they too answer with no number.
template <typename Function>
double guarded(Function function) noexcept {
    try {
        return function();
    } catch (...) {
        return std::numeric_limits<double>::quiet_NaN();
    }
}
}  // namespace

extern "C" {

double sp_gamma_p(double a, double x) {
    return guarded([=] { return math::gamma_p(a, x, Quiet()); });
}
double sp_gamma_q(double a, double x) {
    return guarded([=] { return math::gamma_q(a, x, Quiet()); });
}
double sp_gamma_p_inverse(double a, double p) {
    return guarded([=] { return math::gamma_p_inv(a, p, Quiet()); });
}
double sp_gamma_q_inverse(double a, double q) {
    return guarded([=] { return math::gamma_q_inv(a, q, Quiet()); });
}
double sp_gamma_p_derivative(double a, double x) {
    return guarded([=] { return math::gamma_p_derivative(a, x, Quiet()); });
}

double sp_beta(double a, double b, double x) {
    return guarded([=] { return math::ibeta(a, b, x, Quiet()); });
}
double sp_beta_complement(double a, double b, double x) {
    return guarded([=] { return math::ibetac(a, b, x, Quiet()); });
}
double sp_beta_inverse(double a, double b, double p) {
    return guarded([=] { return math::ibeta_inv(a, b, p, Quiet()); });
}
double sp_beta_derivative(double a, double b, double x) {
    return guarded([=] { return math::ibeta_derivative(a, b, x, Quiet()); });
}

double sp_normal_cdf(double z) {
    return guarded([=] { return std::erfc(-z / squareRootOfTwo) / 2; });
}
double sp_normal_quantile(double p) {
    return guarded([=] { return -math::erfc_inv(2 * p, Quiet()) * squareRootOfTwo; });
}
double sp_t_cdf(double df, double t) {
    return guarded([=] { return math::cdf(StudentT(df), t); });
}
double sp_t_quantile(double df, double p) {
    return guarded([=] { return math::quantile(StudentT(df), p); });
}
double sp_f_upper(double df1, double df2, double x) {
    return guarded([=] { return math::cdf(math::complement(FisherF(df1, df2), x)); });
}
double sp_f_quantile(double df1, double df2, double p) {
    return guarded([=] { return math::quantile(FisherF(df1, df2), p); });
}

double sp_digamma(double x) {
    return guarded([=] { return math::digamma(x, Quiet()); });
}
double sp_trigamma(double x) {
    return guarded([=] { return math::trigamma(x, Quiet()); });
}
double sp_lgamma(double x) {
    return guarded([=] { return math::lgamma(x, Quiet()); });
}
}

#include "kit/moment.hpp"

#include <chrono>

namespace crier::kit {
namespace {

/// Takes a time apart from the left; what does not suit makes it bad for good.
class Scanner {
public:
    explicit Scanner(std::string_view text)
        : rest_(text) {}

    int number(std::size_t digits) {
        int value = 0;
        for (; digits > 0; --digits) {
            const int digit = next_digit();
            good_ = good_ && digit >= 0;
            value = value * 10 + digit;
        }
        return value;
    }
    /// One of these; which.
    char sign(std::string_view choice) {
        if (rest_.empty() || choice.find(rest_.front()) == std::string_view::npos) {
            good_ = false;
            return '\0';
        }
        const char found = rest_.front();
        rest_.remove_prefix(1);
        return found;
    }
    /// What follows a decimal point, if there is one.
    std::chrono::microseconds fraction() {
        std::chrono::microseconds value{};
        if (rest_.empty() || rest_.front() != '.')
            return value;
        rest_.remove_prefix(1);
        good_ = good_ && at_digit();
        for (std::int64_t unit = 100'000; at_digit(); unit /= 10)
            value += std::chrono::microseconds{unit * next_digit()};
        return value;
    }

    [[nodiscard]] bool good() const noexcept { return good_; }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

private:
    [[nodiscard]] bool at_digit() const noexcept {
        return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
    }
    int next_digit() {
        if (!at_digit())
            return -1;
        const int digit = rest_.front() - '0';
        rest_.remove_prefix(1);
        return digit;
    }

    std::string_view rest_;
    bool good_ = true;
};

} // namespace

std::optional<std::int64_t> parse_moment(std::string_view text) {
    using namespace std::chrono;
    Scanner scan{text};
    const year the_year{scan.number(4)};
    scan.sign("-");
    const month the_month{static_cast<unsigned>(scan.number(2))};
    scan.sign("-");
    const year_month_day date{the_year, the_month, day{static_cast<unsigned>(scan.number(2))}};
    scan.sign("Tt ");
    const hours the_hours{scan.number(2)};
    scan.sign(":");
    const minutes the_minutes{scan.number(2)};
    scan.sign(":");
    const seconds the_seconds{scan.number(2)};
    const microseconds fraction = scan.fraction();
    minutes ahead{};
    if (const char zone = scan.sign("Zz+-"); zone == '+' || zone == '-') {
        ahead = hours{scan.number(2)};
        scan.sign(":");
        ahead += minutes{scan.number(2)};
        if (zone == '-')
            ahead = -ahead;
    }
    if (!scan.good() || !scan.at_end() || !date.ok() || the_hours >= 24h || the_minutes >= 60min ||
        the_seconds > 60s || abs(ahead) >= 24h) // 60: a leap second
        return std::nullopt;
    const auto since = sys_days{date}.time_since_epoch() + the_hours + the_minutes + the_seconds - ahead;
    return (since + fraction).count();
}

} // namespace crier::kit

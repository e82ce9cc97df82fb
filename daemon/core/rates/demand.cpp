#include "core/rates/demand.hpp"

#include "core/rates/quiet.hpp"

#include <algorithm>

namespace crier::rates {
namespace {

using std::chrono::hours;

Duration awake_in(const Limits& limits, Instant day) {
    const Instant end = day + hours{24};
    Duration awake{};
    for (Instant at = day; at < end; at += std::chrono::minutes{1})
        if (after_quiet(limits.quiet, at) == at)
            awake += std::chrono::minutes{1};
    return awake;
}

} // namespace

std::optional<Excess> over_server(const std::vector<Instant>& due, const std::vector<Rule>& table) {
    std::optional<Excess> worst;
    for (const Rule& rule : table) {
        if ((rule.calls & mask(Call::publish)) == 0)
            continue;
        for (auto at = due.begin(); at != due.end();) {
            const Instant begins{rule.window * window_number(*at, rule.window)};
            const auto next = std::lower_bound(at, due.end(), begins + rule.window);
            const auto wanted = static_cast<int>(next - at);
            at = next;
            // By the share that finds no place.
            if (wanted <= rule.limit || (worst && static_cast<double>(wanted) / rule.limit <=
                                                      static_cast<double>(worst->wanted) / worst->most))
                continue;
            worst =
                Excess{"the server's " + in_words(rule.limit, rule), wanted, rule.limit, rule.window, begins};
        }
    }
    return worst;
}

std::optional<Excess> over_gap(const std::vector<Instant>& due, const Limits& limits, Instant day) {
    if (limits.min_gap <= Duration::zero())
        return std::nullopt;
    const auto first = std::lower_bound(due.begin(), due.end(), day);
    const auto wanted = static_cast<int>(std::lower_bound(first, due.end(), day + hours{24}) - first);
    // A gap follows each of them, the last one's too: it reaches into the next day.
    const auto most = static_cast<int>(awake_in(limits, day) / limits.min_gap);
    if (wanted <= most)
        return std::nullopt;
    return Excess{"the " + std::to_string(most) + " that `min_gap: " + to_text(limits.min_gap) +
                      "` leaves room for" + (limits.quiet.empty() ? "" : " outside of the quiet hours"),
                  wanted, most, hours{24}, day};
}

} // namespace crier::rates

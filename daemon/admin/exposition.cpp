#include "admin/exposition.hpp"

#include <limits>
#include <prometheus/text_serializer.h>
#include <utility>

namespace crier::admin {

namespace {

constexpr std::size_t series_at_once = 500;

} // namespace

double seconds_of(Duration duration) noexcept {
    return std::chrono::duration<double>(duration).count();
}

Family::Family(std::string& text, prometheus::MetricType type, std::string_view name, std::string_view help)
    : text_(text)
    , family_{prometheus::MetricFamily{std::string{name}, std::string{help}, type, {}}} {}

prometheus::ClientMetric& Family::series(Labels labels) {
    std::vector<prometheus::ClientMetric>& metrics = family_.front().metric;
    if (metrics.size() >= series_at_once)
        write();
    prometheus::ClientMetric& metric = metrics.emplace_back();
    for (const auto& [name, value] : labels)
        metric.label.push_back({std::string{name}, std::string{value}});
    return metric;
}

void Family::write() {
    if (family_.front().metric.empty())
        return;
    const std::string piece = prometheus::TextSerializer{}.Serialize(family_);
    family_.front().metric.clear();
    std::size_t from = 0;
    if (std::exchange(begun_, true))
        while (from < piece.size() && piece[from] == '#') // its head again
            from = piece.find('\n', from) + 1;
    text_.append(piece, from);
}

Family& Family::add(Labels labels, double value) {
    prometheus::ClientMetric& metric = series(labels);
    metric.counter.value = value;
    metric.gauge.value = value;
    return *this;
}

Family& Family::add(Labels labels, std::optional<Instant> when) {
    if (when && *when != Instant{})
        add(labels, seconds_of(when->time_since_epoch()));
    return *this;
}

Family& Family::add(Labels labels, const Histogram& times) {
    prometheus::ClientMetric::Histogram& histogram = series(labels).histogram;
    histogram.sample_count = times.count();
    histogram.sample_sum = seconds_of(times.sum());
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < times.counts().size(); ++i) {
        so_far += times.counts()[i];
        const bool last = i == times.bounds().size();
        histogram.bucket.push_back(
            {so_far, last ? std::numeric_limits<double>::infinity() : seconds_of(times.bounds()[i])});
    }
    return *this;
}

Family& Family::add_state(Labels labels, std::string_view name,
                          std::initializer_list<std::string_view> states, std::string_view current) {
    for (const std::string_view state : states) {
        add(labels, state == current);
        family_.front().metric.back().label.push_back({std::string{name}, std::string{state}});
    }
    return *this;
}

} // namespace crier::admin

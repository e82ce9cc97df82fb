#pragma once

#include "core/histogram.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <prometheus/metric_family.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Numbers as a Prometheus server reads them.
namespace crier::admin {

using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// One metric with all its series. A series without a value is left out: what is not known is not zero.
class Family {
public:
    Family(prometheus::MetricType type, std::string_view name, std::string_view help);

    Family& add(Labels labels, double value);
    Family& add(Labels labels, std::uint64_t value) { return add(labels, static_cast<double>(value)); }
    Family& add(Labels labels, bool value) { return add(labels, value ? 1.0 : 0.0); }
    /// In seconds since 1970; nothing, and the moment zero: it never was.
    Family& add(Labels labels, std::optional<Instant> when);
    Family& add(Labels labels, const Histogram& times);
    /// One series for each of `states`, under the label `name`: 1 for the one that it is in.
    Family& add_state(Labels labels, std::string_view name, std::initializer_list<std::string_view> states,
                      std::string_view current);

    [[nodiscard]] const prometheus::MetricFamily& family() const noexcept { return family_; }

private:
    prometheus::ClientMetric& series(Labels labels);

    prometheus::MetricFamily family_;
};

/// All of them, in the order in which they were begun. `help` teaches: what it counts, from when on, and what
/// to look at.
class Exposition {
public:
    void counter(std::string_view name, std::string_view help, auto&& fill) {
        begin(prometheus::MetricType::Counter, name, help, fill);
    }
    void gauge(std::string_view name, std::string_view help, auto&& fill) {
        begin(prometheus::MetricType::Gauge, name, help, fill);
    }
    void histogram(std::string_view name, std::string_view help, auto&& fill) {
        begin(prometheus::MetricType::Histogram, name, help, fill);
    }

    /// As text, version 0.0.4 of the format. A metric without series is left out.
    [[nodiscard]] std::string text() const;

private:
    void begin(prometheus::MetricType type, std::string_view name, std::string_view help, auto&& fill) {
        Family family{type, name, help};
        fill(family);
        families_.push_back(family.family());
    }

    std::vector<prometheus::MetricFamily> families_;
};

[[nodiscard]] double seconds_of(Duration duration) noexcept;

} // namespace crier::admin

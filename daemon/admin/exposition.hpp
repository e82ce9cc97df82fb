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
///
/// It becomes text a piece at a time: with ten thousand accounts the series of all metrics would take ten
/// times as much memory as their text.
class Family {
public:
    /// Writes to the end of `text`, which outlives it.
    Family(std::string& text, prometheus::MetricType type, std::string_view name, std::string_view help);
    ~Family() { write(); }
    Family(const Family&) = delete;
    Family& operator=(const Family&) = delete;

    Family& add(Labels labels, double value);
    Family& add(Labels labels, std::uint64_t value) { return add(labels, static_cast<double>(value)); }
    Family& add(Labels labels, bool value) { return add(labels, value ? 1.0 : 0.0); }
    /// In seconds since 1970; nothing, and the moment zero: it never was.
    Family& add(Labels labels, std::optional<Instant> when);
    Family& add(Labels labels, const Histogram& times);
    /// One series for each of `states`, under the label `name`: 1 for the one that it is in.
    Family& add_state(Labels labels, std::string_view name, std::initializer_list<std::string_view> states,
                      std::string_view current);

private:
    prometheus::ClientMetric& series(Labels labels);
    void write();

    std::string& text_;
    std::vector<prometheus::MetricFamily> family_; ///< one
    bool begun_ = false;                           ///< its head is written
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
    [[nodiscard]] std::string take_text() { return std::move(text_); }

private:
    void begin(prometheus::MetricType type, std::string_view name, std::string_view help, auto&& fill) {
        Family family{text_, type, name, help};
        fill(family);
    }

    std::string text_;
};

[[nodiscard]] double seconds_of(Duration duration) noexcept;

} // namespace crier::admin

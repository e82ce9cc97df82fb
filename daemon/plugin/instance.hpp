#pragma once

#include "core/failure.hpp"
#include "core/item.hpp"
#include "core/time.hpp"
#include "sdk/crier_plugin.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::plugin {

/// What a plugin made of some bytes.
struct Parsed {
    std::vector<Item> items;
    std::vector<std::string> warnings;
    std::optional<Duration> wait;

    Parsed() = default;
};

/// A plugin's instance behind its table, closed with the object.
///
/// Thread: one at a time, any.
class Instance {
public:
    /// The failure (Cause::config) has the plugin's own words.
    [[nodiscard]] static Result<std::shared_ptr<Instance>>
    open(const crier_plugin& table, const std::vector<std::pair<std::string, std::string>>& options);

    ~Instance();
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    /// The failure (Cause::server) has the plugin's own words.
    [[nodiscard]] Result<Parsed> parse(std::string_view bytes, std::string_view content_type,
                                       std::string_view base_url);

private:
    Instance(const crier_plugin& table, void* handle)
        : table_(table)
        , handle_(handle) {}

    const crier_plugin& table_;
    void* handle_;
};

} // namespace crier::plugin

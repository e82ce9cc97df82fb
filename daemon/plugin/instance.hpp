#pragma once

#include "core/failure.hpp"
#include "core/item.hpp"
#include "core/look_rule.hpp"
#include "core/subscription.hpp"
#include "core/time.hpp"
#include "sdk/crier_plugin.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crier::plugin {

/// Which of a plugin's functions is called.
enum class Entrance { begin, parse, page };

[[nodiscard]] bool has_entrance(const crier_plugin& table, Entrance entrance) noexcept;

/// What a plugin is given.
struct Material {
    std::string bytes;
    std::string content_type;
    std::string base_url; ///< where the bytes came from in the end: an address, a path, or empty
    std::optional<Instant> now;
    std::string cursor; ///< the plugin's own
    std::string asked;
    std::vector<std::pair<std::string, std::string>> headers;

    Material() = default; // no aggregate: it travels through coroutines (docs/ARCHITECTURE.md, "Traps")
};

/// What a plugin made of it.
struct Parsed {
    std::vector<Item> items;
    std::vector<std::string> warnings;
    std::optional<Duration> wait;
    std::optional<LookRule> rule;      ///< nothing: it said none
    std::optional<Hub> hub;            ///< likewise; one of the two may be empty
    std::optional<std::string> cursor; ///< nothing: it said none
    std::vector<std::string> fetches;  ///< addresses of further documents

    Parsed() = default;
};

/// However much a source has, more is not taken in one look.
inline constexpr std::size_t most_items = 10'000;
/// Documents of one look.
inline constexpr std::size_t most_fetches = 16;
/// Bytes of a plugin's own cursor.
inline constexpr std::size_t longest_cursor = std::size_t{64} << 10U;

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

    [[nodiscard]] bool has(Entrance entrance) const noexcept;

    /// The failure (Cause::server) has the plugin's own words. `entrance` must be there.
    [[nodiscard]] Result<Parsed> call(Entrance entrance, const Material& material);

private:
    Instance(const crier_plugin& table, void* handle)
        : table_(table)
        , handle_(handle) {}

    const crier_plugin& table_;
    void* handle_;
};

} // namespace crier::plugin

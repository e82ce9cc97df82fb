#pragma once

#include "core/failure.hpp"
#include "plugin/instance.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What crier and the process that holds a shared object for it say to each other: a line of JSON and the
/// bytes that it announces, there; lines of JSON, back. Both are of one build, so nothing here has versions.
namespace crier::plugin {

/// What a shared object is.
struct ObjectInfo {
    std::string name;
    std::string about;
    std::uint32_t capabilities = 0;
    bool begins = false; ///< it has begin()
    bool reads_pages = false;
    std::vector<std::pair<std::string, std::string>> options; ///< name and what it is about
};

struct ObjectRequest {
    bool describe = false; ///< and nothing else
    Entrance entrance = Entrance::parse;
    std::vector<std::pair<std::string, std::string>> settings;
    Material material;

    ObjectRequest() = default;
};

[[nodiscard]] std::string write_request(const ObjectRequest& request);
[[nodiscard]] Result<ObjectRequest> read_request(std::string_view text);

[[nodiscard]] std::string write_info(const ObjectInfo& info);
[[nodiscard]] Result<ObjectInfo> read_info(std::string_view text);

/// A failure of the plugin's is written likewise.
[[nodiscard]] std::string write_reply(const Result<Parsed>& reply);
/// Errors: the plugin's own; server where this is no reply, or one that was cut off.
[[nodiscard]] Result<Parsed> read_reply(std::string_view text);

} // namespace crier::plugin

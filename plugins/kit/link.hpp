#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace crier::kit {

/// Where links of the kind [text][label] lead, by label.
using References = std::map<std::string, std::string>;

/// As labels are compared: small letters, and one blank for white space.
[[nodiscard]] std::string label_of(std::string_view text);

/// A line "[label]: address", perhaps with a title behind it.
struct Definition {
    std::string label;
    std::string target;
};
[[nodiscard]] std::optional<Definition> definition_in(std::string_view line);

/// The target of "(address "title")" that begins at `at`, which is then behind it.
[[nodiscard]] std::optional<std::string> target_at(std::string_view text, std::size_t& at);

/// What stands between the [ at `at` and the ] that follows, without brackets in it; `at` is then behind it.
[[nodiscard]] std::optional<std::string_view> label_at(std::string_view text, std::size_t& at);

/// A link as plain text: the words, and the address where it is one that means something elsewhere.
[[nodiscard]] std::string link_text(const std::string& words, const std::string& target);

/// A file's name from an address: "%20" is a blank.
[[nodiscard]] std::string file_name_of(std::string_view target);

} // namespace crier::kit

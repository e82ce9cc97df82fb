#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::fediverse::test {

using Settings = std::vector<std::pair<std::string, std::string>>;

/// With all that the options leave out.
inline const Settings everything{{"replies", "true"}, {"boosts", "true"}, {"sensitive", "true"}};

/// What came through the plugin's door in one look.
struct Yield {
    std::vector<std::string> items; ///< each as "word=value" of all that it has, with blanks between
    std::vector<std::string> warnings;
    std::vector<std::string> asked; ///< addresses
    std::string cursor;             ///< that it wants to be given back
    std::string error;              ///< empty: it was read
};

/// What the server answers to an address.
using Server = std::function<std::string(const std::string& address)>;

/// A look as the host makes it: begin(), then each document that was asked for. Words of an item, in this
/// order: id, title, link, summary, content, author, language, published, updated (seconds), category, media
/// (url,type,alt,from). Line breaks in a value are shown as "|". `now` in microseconds.
[[nodiscard]] Yield look(const Server& server, const std::string& url = "https://m.example/@jo",
                         const std::string& cursor = {}, const Settings& settings = {},
                         std::int64_t now = 1'795'521'600'000'000, std::size_t most_items = 1'000'000);

/// Items, warnings and the error of a look at a list of statuses, each on a line with "- ", "! " or "error: "
/// before it.
[[nodiscard]] std::string told(std::string_view statuses, const Settings& settings = {});

/// A server with an account of number 7 and this list of statuses.
[[nodiscard]] Server with(std::string_view statuses);

/// Empty unless the settings are wrong.
[[nodiscard]] std::string refused(const Settings& settings);

/// A status of that number, with more fields that begin with a comma.
[[nodiscard]] std::string status(int number, const std::string& more = {});

} // namespace crier::fediverse::test

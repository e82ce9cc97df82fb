#include "kit/json_values.hpp"

#include <boost/json/stream_parser.hpp>

#include <algorithm>
#include <utility>

namespace crier::kit {

namespace json = boost::json;

namespace {

constexpr std::size_t most_depth = 32;

/// The one that the text begins with, and how many bytes of it are the value's, perhaps with white space
/// after it. The failure has its parser's words.
std::optional<json::value> read_first(std::string_view text, json::storage_ptr storage, std::size_t& size,
                                      std::string& trouble) {
    json::parse_options options;
    options.max_depth = most_depth;
    options.allow_invalid_utf8 = true; // the host mends texts
    json::stream_parser parser{{}, options};
    parser.reset(std::move(storage));
    boost::system::error_code error;
    size = parser.write_some(text.data(), text.size(), error);
    if (!error && !parser.done())
        parser.finish(error);
    if (!error)
        return parser.release();
    trouble =
        error == json::error::incomplete ? "this JSON breaks off" : "broken JSON (" + error.message() + ")";
    return std::nullopt;
}

} // namespace

void JsonValues::pass_over(std::size_t bytes) {
    line_ += static_cast<std::size_t>(
        std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(bytes), '\n'));
    rest_.remove_prefix(bytes);
}

std::optional<Found> JsonValues::next(json::storage_ptr storage) {
    pass_over(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
    if (rest_.empty())
        return std::nullopt;
    Found found;
    found.line = line_;
    std::size_t size = 0;
    found.value = read_first(rest_, std::move(storage), size, found.trouble);
    std::size_t end = found.value ? rest_.find_last_not_of(" \t\r\n", size - 1) + 1 : 0;
    const std::size_t line_end = std::min(rest_.find('\n', end), rest_.size());
    if (found.value &&
        rest_.substr(end, line_end - end).find_first_not_of(" \t\r") != std::string_view::npos) {
        found.value.reset();
        found.trouble = "something follows the JSON in its line";
    }
    pass_over(line_end);
    return found;
}

} // namespace crier::kit

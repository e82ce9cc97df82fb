#include "admin/body_check.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace crier::admin {

namespace json = boost::json;
using boost::system::error_code;

namespace {

/// What the parser calls: remembers the names of the objects that are open. No request has as many fields in
/// one of them as are allowed here.
struct Names {
    static constexpr std::size_t max_object_size = 100;
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = 1000;
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    using Text = json::string_view;

    std::vector<std::vector<std::string>> open;
    std::string key;
    std::string twice; ///< the name; empty: none

    bool on_object_begin(error_code&) {
        open.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t, error_code&) {
        open.pop_back();
        return true;
    }
    bool on_key_part(Text part, std::size_t, error_code&) {
        key.append(part.data(), part.size());
        return true;
    }
    bool on_key(Text part, std::size_t, error_code& error) {
        key.append(part.data(), part.size());
        std::vector<std::string>& known = open.back();
        if (std::find(known.begin(), known.end(), key) != known.end()) {
            twice = key;
            error = json::error::syntax;
            return false;
        }
        known.push_back(std::move(key));
        key.clear();
        return true;
    }
    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(std::size_t, error_code&) { return true; }
    bool on_string_part(Text, std::size_t, error_code&) { return true; }
    bool on_string(Text, std::size_t, error_code&) { return true; }
    bool on_number_part(Text, error_code&) { return true; }
    bool on_int64(std::int64_t, Text, error_code&) { return true; }
    bool on_uint64(std::uint64_t, Text, error_code&) { return true; }
    bool on_double(double, Text, error_code&) { return true; }
    bool on_bool(bool, error_code&) { return true; }
    bool on_null(error_code&) { return true; }
    bool on_comment_part(Text, error_code&) { return true; }
    bool on_comment(Text, error_code&) { return true; }
};

} // namespace

Result<> check_json(std::string_view text) {
    json::basic_parser<Names> parser{json::parse_options{}};
    error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    if (!parser.handler().twice.empty())
        return Failure{Cause::usage, "the body says \"" + parser.handler().twice + "\" twice",
                       "each field once"};
    if (!error && read < text.size())
        error = json::error::extra_data;
    if (error)
        return Failure{Cause::usage,
                       "the body is no JSON: " + error.message() + " at byte " + std::to_string(read)};
    return {};
}

} // namespace crier::admin

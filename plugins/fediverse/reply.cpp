#include "fediverse/reply.hpp"

#include "fediverse/fields.hpp"
#include "kit/text.hpp"
#include "sdk/crier_plugin.hpp"

#include <boost/json/parse.hpp>

namespace crier::fediverse {

namespace json = boost::json;

namespace {

constexpr std::size_t most_shown = 200;

json::value parsed(std::string_view bytes, boost::system::error_code& error) {
    json::parse_options options;
    options.max_depth = 64;
    options.allow_invalid_utf8 = true; // the host mends texts
    return json::parse({bytes.data(), bytes.size()}, error, {}, options);
}

} // namespace

json::value read_reply(std::string_view bytes, const std::string& host) {
    const std::string_view text = kit::trimmed(bytes);
    boost::system::error_code error;
    json::value value = parsed(text, error);
    if (error) {
        const std::string what = text.empty()          ? "with nothing"
                                 : text.front() == '<' ? "with a web page"
                                                       : "with broken JSON (" + error.message() + ")";
        throw sdk::Error(
            host + " answers " + what +
            " where Mastodon's API has JSON; it may be a server of another kind, or one that shows "
            "posts only to who is logged in: see whether it has an RSS feed for \"plugin: feed\"");
    }
    if (const json::object* object = value.if_object();
        object != nullptr && field(*object, "error") != nullptr)
        throw sdk::Error(host + " says \"" + std::string{text_in(*object, "error").substr(0, most_shown)} +
                         "\"; it may let nobody read without a token, and this plugin has none: see whether "
                         "the account has an RSS feed for \"plugin: feed\"");
    return value;
}

} // namespace crier::fediverse

#include "mastodon/words.hpp"

#include "core/ascii.hpp"
#include "core/text/utf8.hpp"
#include "mastodon/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <utility>

namespace crier::mastodon {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_text = 300; // characters

bool is_control(std::int32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

/// They turn the direction of what follows, or are not seen at all.
bool is_hidden(std::int32_t c) {
    return c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
           c == 0xfeff;
}

std::string html_title(std::string_view body) {
    const std::string small = ascii::lower(body.substr(0, 4096));
    const auto tag = small.find("<title");
    const auto open = tag == std::string::npos ? tag : small.find('>', tag);
    const auto end = open == std::string::npos ? open : small.find('<', open);
    if (end == std::string::npos)
        return {};
    std::string title{body.substr(open + 1, end - open - 1)};
    constexpr std::pair<std::string_view, char> entities[] = {
        {"&#39;", '\''}, {"&quot;", '"'}, {"&amp;", '&'}};
    for (const auto& [entity, character] : entities)
        for (auto found = title.find(entity); found != std::string::npos;
             found = title.find(entity, found + 1))
            title.replace(found, entity.size(), 1, character);
    return title;
}

/// Laravel (Pixelfed) and others: {"errors": {"status": ["must be ..."]}}.
std::string first_of_errors(const json::value* errors) {
    if (errors == nullptr)
        return {};
    if (errors->is_object() && !errors->get_object().empty())
        return first_of_errors(&errors->get_object().begin()->value());
    if (errors->is_array() && !errors->get_array().empty())
        return first_of_errors(&errors->get_array().front());
    return text_of(errors);
}

std::string words_of(const json::value& body) {
    std::string words = text_of(at(body, {"error"}));
    const std::string more = text_of(at(body, {"error_description"}));
    if (!more.empty() && more != words)
        words += (words.empty() ? "" : ": ") + more;
    // Misskey's family nests them; proxies and other frameworks have names of their own.
    const auto otherwise = [&](std::initializer_list<std::string_view> path) {
        if (words.empty())
            words = text_of(at(body, path));
    };
    otherwise({"error", "message"});
    otherwise({"error", "detail"});
    otherwise({"detail"});
    otherwise({"message"});
    otherwise({"title"});
    if (words.empty())
        words = first_of_errors(at(body, {"errors"}));
    return words;
}

} // namespace

std::string bounded_line(std::string_view text) {
    std::string line;
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) {
        const text::CodePoint point = text::code_point(text, at);
        if (count == longest_text) {
            line += "…";
            break;
        }
        const bool blank = point.value >= 0 && (is_control(point.value) || point.value == ' ');
        if (blank && !line.empty() && line.back() != ' ') {
            line += ' ';
            ++count;
        } else if (!blank && !is_hidden(point.value)) {
            line += point.value < 0 ? std::string_view{"\xef\xbf\xbd"} : text.substr(at, point.size);
            ++count;
        }
        at += std::max<std::size_t>(point.size, 1);
    }
    while (!line.empty() && line.back() == ' ')
        line.pop_back();
    return line;
}

ServerWords read_words(const HttpResponse& response) {
    ServerWords words;
    if (const auto body = parse_json(response.body); body && body->is_object()) {
        words.by_api = at(*body, {"error"}) != nullptr;
        words.text = bounded_line(words_of(*body));
        return words;
    }
    std::string_view plain;
    if (ascii::lower(response.header("Content-Type")).rfind("text/plain", 0) == 0)
        plain = std::string_view{response.body}.substr(0, response.body.find('\n'));
    words.text = bounded_line(plain.empty() ? html_title(response.body) : plain);
    return words;
}

std::string redirect_host(const HttpResponse& response) {
    const std::string_view to = response.header("Location");
    constexpr std::size_t longest_scheme = 8;
    const auto scheme = to.substr(0, longest_scheme + 2).find("//");
    if (scheme == std::string_view::npos)
        return {};
    std::string_view host = to.substr(scheme + 2);
    host = host.substr(0, host.find_first_of("/?#"));
    if (const auto user = host.find('@'); user != std::string_view::npos)
        host.remove_prefix(user + 1);
    return host.empty() ? std::string{} : bounded_line(std::string{to.substr(0, scheme + 2)}.append(host));
}

} // namespace crier::mastodon

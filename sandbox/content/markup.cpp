#include "sandbox/content/markup.hpp"

#include "sandbox/content/html.hpp"
#include "sandbox/content/letters.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace crier::sandbox {
namespace {

bool web_address(std::string_view url) {
    return (url.starts_with("https://") || url.starts_with("http://")) &&
           url.find_first_of(" \t\r\n\"<>") == std::string_view::npos;
}

std::string anchor(std::string_view url, std::string_view inside) {
    return "<a href=\"" + escape_html(url) + "\" rel=\"nofollow noopener\" target=\"_blank\">" +
           std::string(inside) + "</a>";
}

/// Inline Markdown: what stands between equal marks on one line.
class Markdown {
public:
    explicit Markdown(std::string_view base_url)
        : base_url_(base_url) {}

    [[nodiscard]] std::string run(std::string_view text) {
        std::string html;
        std::size_t plain = 0;
        std::size_t at = 0;
        while (at < text.size()) {
            std::size_t end = at;
            const std::optional<std::string> piece = special(text, at, end);
            if (!piece) {
                ++at;
                continue;
            }
            html += inline_html(text.substr(plain, at - plain), base_url_) + *piece;
            plain = at = end;
        }
        return html + inline_html(text.substr(plain), base_url_);
    }

private:
    std::optional<std::string> special(std::string_view text, std::size_t at, std::size_t& end) {
        if (text[at] == '[')
            return link(text, at, end);
        const struct {
            std::string_view mark;
            const char* tag;
        } marks[] = {{"**", "strong"}, {"__", "strong"}, {"~~", "del"},
                     {"*", "em"},      {"_", "em"},      {"`", "code"}};
        for (const auto& one : marks)
            if (text.substr(at).starts_with(one.mark) && begins_word(text, at))
                if (auto piece = between(text, at, one.mark, one.tag, end))
                    return piece;
        return std::nullopt;
    }

    /// So that snake_case and 2*3*4 stay as they are.
    static bool begins_word(std::string_view text, std::size_t at) {
        return at == 0 || !is_ascii_alnum(static_cast<unsigned char>(text[at - 1]));
    }

    std::optional<std::string> between(std::string_view text, std::size_t at, std::string_view mark,
                                       std::string_view tag, std::size_t& end) {
        const std::size_t begin = at + mark.size();
        const std::size_t close = text.find(mark, begin);
        if (close == std::string_view::npos || close == begin)
            return std::nullopt;
        const std::string_view inside = text.substr(begin, close - begin);
        if (inside.find('\n') != std::string_view::npos || inside.front() == ' ' || inside.back() == ' ')
            return std::nullopt;
        end = close + mark.size();
        const std::string name(tag);
        return "<" + name + ">" + (tag == "code" ? escape_html(inside) : run(inside)) + "</" + name + ">";
    }

    static std::optional<std::string> link(std::string_view text, std::size_t at, std::size_t& end) {
        const std::size_t middle = text.find("](", at);
        const std::size_t close = middle == std::string_view::npos ? middle : text.find(')', middle);
        if (close == std::string_view::npos)
            return std::nullopt;
        const std::string_view words = text.substr(at + 1, middle - at - 1);
        const std::string_view url = text.substr(middle + 2, close - middle - 2);
        if (!web_address(url) || words.find_first_of("[\n") != std::string_view::npos)
            return std::nullopt;
        end = close + 1;
        return anchor(url, escape_html(words));
    }

    std::string_view base_url_;
};

/// Only tags that cannot harm, and of their attributes only a web address of a link.
class SafeHtml {
public:
    [[nodiscard]] std::string run(std::string_view text) {
        while (!text.empty()) {
            const auto open = text.find('<');
            html_ += text_part(text.substr(0, open));
            if (open == std::string_view::npos)
                break;
            const auto close = text.find('>', open);
            if (close == std::string_view::npos) {
                html_ += escape_html(text.substr(open));
                break;
            }
            tag(text.substr(open + 1, close - open - 1));
            text.remove_prefix(close + 1);
        }
        while (!open_.empty())
            close_last();
        return std::move(html_);
    }

private:
    /// Entities stay as they are.
    static std::string text_part(std::string_view text) {
        std::string html;
        while (!text.empty()) {
            const auto mark = text.find('&');
            html += escape_html(text.substr(0, mark));
            if (mark == std::string_view::npos)
                break;
            text.remove_prefix(mark);
            const auto end = std::min(text.find(';'), text.size());
            const std::string_view name = text.substr(1, end == text.size() ? 0 : end - 1);
            const bool entity = !name.empty() && name.size() < 10 &&
                                std::all_of(name.begin(), name.end(),
                                            [](unsigned char c) { return is_ascii_alnum(c) || c == '#'; });
            html += entity ? std::string(text.substr(0, end + 1)) : "&amp;";
            text.remove_prefix(entity ? end + 1 : 1);
        }
        return html;
    }

    void tag(std::string_view inside) {
        const bool closes = inside.starts_with("/");
        inside.remove_prefix(closes ? 1 : 0);
        std::string name(inside.substr(0, inside.find_first_of(" \t\r\n/")));
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : char(c); });
        constexpr std::string_view harmless[] = {"p",    "b",   "strong", "i",  "em", "u",          "del",
                                                 "code", "pre", "ul",     "ol", "li", "blockquote", "a"};
        if (name == "br")
            html_ += "<br />";
        if (std::find(std::begin(harmless), std::end(harmless), name) == std::end(harmless))
            return;
        if (closes) {
            if (std::find(open_.begin(), open_.end(), name) == open_.end())
                return;
            while (open_.back() != name)
                close_last();
            close_last();
            return;
        }
        open_.push_back(name);
        html_ += "<" + name + (name == "a" ? address(inside) : "") + ">";
    }

    static std::string address(std::string_view inside) {
        const auto at = inside.find("href=\"");
        if (at == std::string_view::npos)
            return {};
        const std::string_view rest = inside.substr(at + 6);
        const std::string_view url = rest.substr(0, rest.find('"'));
        if (!web_address(url))
            return {};
        return " href=\"" + escape_html(url) + "\" rel=\"nofollow noopener\" target=\"_blank\"";
    }

    void close_last() {
        html_ += "</" + open_.back() + ">";
        open_.pop_back();
    }

    std::string html_;
    std::vector<std::string> open_;
};

} // namespace

std::string formatted_html(std::string_view text, std::string_view content_type, std::string_view base_url) {
    if (content_type == "text/markdown")
        return in_paragraphs(Markdown(base_url).run(with_plain_line_ends(stripped(text))));
    if (content_type == "text/html")
        return SafeHtml().run(stripped(text));
    return status_html(text, base_url);
}

} // namespace crier::sandbox

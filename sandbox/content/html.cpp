#include "sandbox/content/html.hpp"

#include "sandbox/content/entities.hpp"
#include "sandbox/content/letters.hpp"

#include <algorithm>
#include <vector>

namespace crier::sandbox {
namespace {

constexpr std::size_t shown_of_link = 30;

/// Turns one text into links and escaped rest; line breaks stay as they are.
class Renderer {
public:
    Renderer(std::string_view text, std::string_view base_url)
        : text_(text)
        , base_url_(base_url)
        , letters_(letters_of(text)) {}

    [[nodiscard]] std::string run() {
        std::size_t at = 0;
        for (const Entity& entity : find_entities(letters_, true)) {
            html_ += escape_html(part(at, entity.begin));
            switch (entity.kind) {
            case Entity::Kind::link:
                link(entity);
                break;
            case Entity::Kind::mention:
                mention(entity);
                break;
            case Entity::Kind::hashtag:
                hashtag(entity);
                break;
            }
            at = entity.end;
        }
        html_ += escape_html(part(at, letters_.size() - 1));
        return std::move(html_);
    }

private:
    [[nodiscard]] std::string_view part(std::size_t begin, std::size_t end) const {
        return text_.substr(letters_[begin].begin, letters_[end].begin - letters_[begin].begin);
    }

    void link(const Entity& entity) {
        const auto url = part(entity.begin, entity.end);
        std::size_t shown = entity.begin;
        for (const std::string_view prefix : {"https://www.", "http://www.", "https://", "http://"})
            if (url.starts_with(prefix)) {
                shown += prefix.size();
                break;
            }
        const std::size_t hidden = std::min(entity.end, shown + shown_of_link);
        html_ +=
            "<a href=\"" + escape_html(url) +
            "\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">" +
            escape_html(part(entity.begin, shown)) + "</span><span class=\"" +
            (hidden < entity.end ? "ellipsis" : "") + "\">" + escape_html(part(shown, hidden)) +
            "</span><span class=\"invisible\">" + escape_html(part(hidden, entity.end)) + "</span></a>";
    }

    void mention(const Entity& entity) {
        const auto name = escape_html(part(entity.begin + 1, entity.local_end));
        std::string home(base_url_);
        if (entity.end > entity.local_end)
            home = "https://" + escape_html(part(entity.local_end + 1, entity.end));
        html_ += "<span class=\"h-card\" translate=\"no\"><a href=\"" + home + "/@" + name +
                 "\" class=\"u-url mention\">@<span>" + name + "</span></a></span>";
    }

    void hashtag(const Entity& entity) {
        const auto name = part(entity.begin + 1, entity.end);
        html_ += "<a href=\"" + std::string(base_url_) + "/tags/" + escape_html(name) +
                 "\" class=\"mention hashtag\" rel=\"tag\">#<span>" + escape_html(name) + "</span></a>";
    }

    std::string_view text_;
    std::string_view base_url_;
    std::vector<Letter> letters_;
    std::string html_;
};

} // namespace

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string with_plain_line_ends(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r')
            out += text[i];
        else if (i + 1 == text.size() || text[i + 1] != '\n')
            out += '\n';
    }
    return out;
}

std::string inline_html(std::string_view text, std::string_view base_url) {
    return Renderer(text, base_url).run();
}

std::string in_paragraphs(std::string_view rendered) {
    if (rendered.empty())
        return {};
    std::string html = "<p>";
    for (std::size_t i = 0; i < rendered.size(); ++i) {
        if (rendered[i] != '\n') {
            html += rendered[i];
            continue;
        }
        const std::size_t next = std::min(rendered.find_first_not_of('\n', i), rendered.size());
        html += next - i > 1 ? "</p><p>" : "<br />";
        i = next - 1;
    }
    return html + "</p>";
}

std::string status_html(std::string_view text, std::string_view base_url) {
    return in_paragraphs(inline_html(with_plain_line_ends(stripped(text)), base_url));
}

} // namespace crier::sandbox

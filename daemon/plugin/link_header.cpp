#include "plugin/link_header.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <utility>

namespace crier::plugin {

namespace {

constexpr std::string_view link_blanks = " \t";

class LinkText {
public:
    explicit LinkText(std::string_view text)
        : rest_(text) {}

    /// Past blanks and then this sign; false: there is another.
    bool take(char sign) {
        skip_blanks();
        if (!rest_.starts_with(sign))
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// Up to the first of these, which stays.
    std::string_view until(std::string_view signs) {
        const std::string_view part = rest_.substr(0, rest_.find_first_of(signs));
        rest_.remove_prefix(part.size());
        return part;
    }

    /// A token, or what stands in quotes.
    std::string value() {
        skip_blanks();
        if (!take('"'))
            return std::string{until(" \t;,")};
        std::string text;
        while (!rest_.empty() && rest_.front() != '"') {
            if (rest_.front() == '\\' && rest_.size() > 1)
                rest_.remove_prefix(1);
            text += rest_.front();
            rest_.remove_prefix(1);
        }
        (void)take('"');
        return text;
    }

    void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(link_blanks), rest_.size())); }

private:
    std::string_view rest_;
};

void add_words(const std::string& text, std::vector<std::string>& words) {
    LinkText rest{text};
    for (rest.skip_blanks();; rest.skip_blanks()) {
        const std::string_view word = rest.until(link_blanks);
        if (word.empty())
            return;
        words.push_back(ascii::lower(word));
    }
}

bool is_web_address(std::string_view text) {
    const std::string begin = ascii::lower(text.substr(0, 8));
    return begin.starts_with("https://") || begin.starts_with("http://");
}

} // namespace

bool WebLink::is(std::string_view relation) const {
    return std::find(relations.begin(), relations.end(), relation) != relations.end();
}

std::vector<WebLink> read_links(std::string_view header) {
    std::vector<WebLink> links;
    LinkText text{header};
    do {
        while (text.take(',')) { // a list may have empty elements (RFC 9110, 5.6.1)
        }
        if (!text.take('<'))
            return links;
        WebLink link;
        link.target = std::string{text.until(">")};
        if (!text.take('>'))
            return links;
        bool related = false;
        while (text.take(';')) {
            text.skip_blanks();
            const std::string name = ascii::lower(text.until(" \t=;,"));
            const std::string value = text.take('=') ? text.value() : std::string{};
            // Only the first one counts (3.3).
            if (name == "rel" && !std::exchange(related, true))
                add_words(value, link.relations);
        }
        links.push_back(std::move(link));
    } while (text.take(','));
    return links;
}

Hub hub_beside(const HttpResponse& answer) {
    Hub hub;
    for (const auto& [name, value] : answer.headers) {
        if (ascii::lower(name) != "link")
            continue;
        for (const WebLink& link : read_links(value)) {
            if (!is_web_address(link.target))
                continue;
            const bool better =
                hub.url.empty() || (link.target.starts_with("https:") && !hub.url.starts_with("https:"));
            if (link.is("hub") && better)
                hub.url = link.target;
            if (link.is("self") && hub.topic.empty())
                hub.topic = link.target;
        }
    }
    return hub.url.empty() ? Hub{} : hub;
}

} // namespace crier::plugin

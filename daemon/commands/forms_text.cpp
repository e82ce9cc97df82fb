#include "commands/forms_text.hpp"

#include "core/text/plain.hpp"

#include <boost/json/array.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <utility>

namespace crier::commands {

namespace json = boost::json;

namespace {

/// Of what a post is, each in some words.
class Listing {
public:
    void add(std::string form) { text_ += (text_.empty() ? "↪ " : ", ") + std::move(form); }
    void add_if(bool has, const char* form) {
        if (has)
            add(form);
    }
    void add_named(const char* before, std::string_view name) {
        if (!name.empty())
            add(before + std::string{name});
    }
    [[nodiscard]] std::string text() && { return std::move(text_); }

private:
    std::string text_;
};

} // namespace

std::string poll_text(const Poll& poll) {
    std::string text;
    for (const std::string& option : poll.options)
        text += (poll.multiple ? "☐ " : "○ ") + option + '\n';
    return text + "  open for " + to_text(poll.open) +
           (poll.hide_totals ? ", votes are shown when it is over\n" : "\n");
}

std::string forms_text(const PostContent& content) {
    Listing forms;
    forms.add_named("replies to ", content.in_reply_to);
    forms.add_named("quotes ", content.quote);
    forms.add_named("may be quoted by ", to_text(content.quote_policy));
    forms.add_named("written in ", content.content_type);
    forms.add_if(content.local_only, "stays on its server");
    forms.add_if(content.pin, "is pinned");
    return std::move(forms).text();
}

std::string media_text(const Media& media) {
    std::string text;
    const auto add = [&text](const std::string& form) { text += (text.empty() ? " (" : ", ") + form; };
    if (media.focus) {
        std::array<char, 32> numbers{};
        (void)std::snprintf(numbers.data(), numbers.size(), "focus %.4g %.4g", media.focus->x,
                            media.focus->y);
        add(numbers.data());
    }
    if (!media.thumbnail.empty())
        add("thumbnail " + media.thumbnail);
    if (media.strip_metadata)
        add("stripped of what it tells");
    return text.empty() ? text : text + ")";
}

std::string media_text(const json::object& media) {
    Media shown;
    if (const json::value* focus = media.if_contains("focus"); focus != nullptr && focus->is_array())
        if (const json::array& both = focus->get_array(); both.size() == 2)
            shown.focus = Focus{both[0].to_number<double>(), both[1].to_number<double>()};
    if (const json::value* file = media.if_contains("thumbnail"); file != nullptr && file->is_string())
        shown.thumbnail = file->get_string();
    shown.strip_metadata = media.contains("strip_metadata");
    return media_text(shown);
}

std::string forms_text(const json::object& post) {
    const auto text = [&](const char* name) -> std::string_view {
        const json::value* value = post.if_contains(name);
        return value != nullptr && value->is_string() ? std::string_view{value->get_string()}
                                                      : std::string_view{};
    };
    std::string shown;
    if (const json::value* poll = post.if_contains("poll"); poll != nullptr && poll->is_object()) {
        Poll asked;
        for (const json::value& option : poll->at("options").as_array())
            asked.options.emplace_back(option.as_string());
        asked.open = std::chrono::seconds{poll->at("expires_in").as_int64()};
        asked.multiple = poll->at("multiple").as_bool();
        asked.hide_totals = poll->at("hide_totals").as_bool();
        shown = poll_text(asked);
    }
    PostContent content;
    content.quote = text("quote");
    content.quote_policy = parse_quote_policy(text("quote_policy")).value_or(QuotePolicy::unsaid);
    content.content_type = text("content_type");
    const auto flag = [&post](const char* name) {
        const json::value* value = post.if_contains(name);
        return value != nullptr && value->is_bool() && value->get_bool();
    };
    content.local_only = flag("local_only");
    content.pin = flag("pin");
    if (const std::string forms = forms_text(content); !forms.empty())
        shown += forms + '\n';
    return shown;
}

} // namespace crier::commands

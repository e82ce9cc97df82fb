#include "admin/forms_json.hpp"

#include <boost/json/value_from.hpp>

#include <chrono>
#include <utility>

namespace crier::admin {

namespace json = boost::json;

namespace {

json::string json_text(std::string_view text) {
    return json::string{text.data(), text.size()};
}

constexpr std::string_view poll_shape = "{options: [...], expires_in: SECONDS, multiple, hide_totals}";

/// A year: servers take less, and say so.
constexpr std::int64_t longest_poll = std::int64_t{366} * 86400;

std::optional<std::int64_t> whole_number(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains({name.data(), name.size()});
    boost::system::error_code error;
    if (value == nullptr || !value->is_number())
        return std::nullopt;
    const auto number = value->to_number<std::int64_t>(error);
    return error ? std::nullopt : std::optional{number};
}

std::optional<Poll> read_poll(Fields& order) {
    const json::object* object = order.object("poll", poll_shape);
    if (object == nullptr)
        return std::nullopt;
    Fields fields{*object};
    Poll poll;
    const json::array* options = fields.list("options", "a list of texts");
    bool good = options != nullptr && options->size() >= 2 && options->size() <= 100;
    for (std::size_t i = 0; good && i < options->size(); ++i) {
        good = (*options)[i].is_string();
        if (good)
            poll.options.emplace_back((*options)[i].get_string());
    }
    poll.multiple = fields.flag("multiple").value_or(false);
    poll.hide_totals = fields.flag("hide_totals").value_or(false);
    fields.know("expires_in");
    const auto seconds = whole_number(*object, "expires_in");
    good = good && seconds && *seconds > 0 && *seconds <= longest_poll;
    if (const Result<> done = fields.done(); !done)
        order.refuse(Failure{Cause::usage, "in `poll`: " + done.error().message, done.error().hint});
    else if (!good)
        order.refuse("poll", poll_shape);
    else
        poll.open = std::chrono::seconds{*seconds};
    return poll;
}

std::optional<Focus> focus_from(const json::array& list) {
    if (list.size() != 2 || !list[0].is_number() || !list[1].is_number())
        return std::nullopt;
    const Focus focus{list[0].to_number<double>(), list[1].to_number<double>()};
    const auto inside = [](double number) { return number >= -1 && number <= 1; };
    return inside(focus.x) && inside(focus.y) ? std::optional{focus} : std::nullopt;
}

} // namespace

json::object to_json(const Poll& poll) {
    json::object object;
    object["options"] = json::value_from(poll.options);
    object["expires_in"] = std::chrono::duration_cast<std::chrono::seconds>(poll.open).count();
    object["multiple"] = poll.multiple;
    object["hide_totals"] = poll.hide_totals;
    return object;
}

void add_forms(json::object& object, const PostContent& content) {
    if (content.poll)
        object["poll"] = to_json(*content.poll);
    if (!content.quote.empty())
        object["quote"] = content.quote;
    if (content.quote_policy != QuotePolicy::unsaid)
        object["quote_policy"] = json_text(to_text(content.quote_policy));
    if (!content.content_type.empty())
        object["content_type"] = content.content_type;
    if (content.local_only)
        object["local_only"] = true;
    if (content.pin)
        object["pin"] = true;
}

void add_media_forms(json::object& object, const Media& media) {
    if (media.focus) {
        json::array both;
        both.push_back(json::value(media.focus->x));
        both.push_back(json::value(media.focus->y));
        object["focus"] = std::move(both);
    }
    if (!media.thumbnail.empty())
        object["thumbnail"] = media.thumbnail;
    if (media.strip_metadata)
        object["strip_metadata"] = true;
}

void read_media_forms(Fields& fields, Media& media) {
    constexpr std::string_view shape = "two numbers from -1 to 1";
    if (const json::array* both = fields.list("focus", shape)) {
        media.focus = focus_from(*both);
        if (!media.focus)
            fields.refuse("focus", shape);
    }
    media.thumbnail = fields.text("thumbnail");
    if (!media.thumbnail.empty() && media.thumbnail.front() != '/')
        fields.refuse("thumbnail", "an absolute path");
    media.strip_metadata = fields.flag("strip_metadata").value_or(false);
}

void add_forms(json::object& object, const engine::PostOrder& order) {
    if (order.poll)
        object["poll"] = to_json(*order.poll);
    if (!order.in_reply_to.empty())
        object["in_reply_to"] = order.in_reply_to;
    if (!order.quote.empty())
        object["quote"] = order.quote;
    if (order.quote_policy)
        object["quote_policy"] =
            json_text(*order.quote_policy == QuotePolicy::unsaid ? "account" : to_text(*order.quote_policy));
    if (order.content_type)
        object["content_type"] = order.content_type->empty() ? "text/plain" : *order.content_type;
    if (order.local_only)
        object["local_only"] = *order.local_only;
    if (order.pin)
        object["pin"] = true;
}

void read_forms(Fields& fields, engine::PostOrder& order) {
    order.poll = read_poll(fields);
    order.in_reply_to = fields.text("in_reply_to");
    order.quote = fields.text("quote");
    if (const std::string policy = fields.text("quote_policy"); policy == "account")
        order.quote_policy = QuotePolicy::unsaid;
    else if (!policy.empty()) {
        order.quote_policy = parse_quote_policy(policy);
        if (!order.quote_policy)
            fields.refuse("quote_policy", "account, public, followers or nobody");
    }
    order.content_type = fields.text_if_given("content_type");
    if (order.content_type == "text/plain")
        order.content_type = "";
    order.local_only = fields.flag("local_only");
    order.pin = fields.flag("pin").value_or(false);
}

} // namespace crier::admin

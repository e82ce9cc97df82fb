#include "plugin/object_wire.hpp"

#include "plugin/look_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace crier::plugin {

namespace json = boost::json;

namespace {

constexpr std::string_view whole = "whole";

using Pairs = std::vector<std::pair<std::string, std::string>>;

json::array pairs_json(const Pairs& pairs) {
    json::array list;
    for (const auto& [name, value] : pairs)
        list.push_back(json::array{name, value});
    return list;
}

std::string text_at(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

std::optional<std::int64_t> number_at(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_int64())
        return std::nullopt;
    return value->get_int64();
}

bool flag_at(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

const json::array* list_at(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    return value == nullptr ? nullptr : value->if_array();
}

Pairs pairs_at(const json::object& object, const char* key) {
    Pairs pairs;
    if (const json::array* list = list_at(object, key))
        for (const json::value& one : *list)
            if (const json::array* pair = one.if_array();
                pair != nullptr && pair->size() == 2 && (*pair)[0].is_string() && (*pair)[1].is_string())
                pairs.emplace_back((*pair)[0].get_string(), (*pair)[1].get_string());
    return pairs;
}

std::optional<Instant> instant_at(const json::object& object, const char* key) {
    const auto number = number_at(object, key);
    return number ? std::optional{Instant{Duration{*number}}} : std::nullopt;
}

/// The text's next line, which it loses.
std::string_view take_line(std::string_view& text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line;
}

std::optional<json::object> object_of(std::string_view line) {
    boost::system::error_code error;
    json::value value = json::parse({line.data(), line.size()}, error);
    if (error || !value.is_object())
        return std::nullopt;
    return std::move(value.get_object());
}

json::object item_json(const Item& item) {
    json::object object;
    const auto put = [&](const char* key, const std::string& text) {
        if (!text.empty())
            object[key] = text;
    };
    const auto time = [&](const char* key, const std::optional<Instant>& when) {
        if (when)
            object[key] = when->time_since_epoch().count();
    };
    put("id", item.id);
    put("title", item.title);
    put("link", item.link);
    put("summary", item.summary);
    put("content", item.content);
    put("author", item.author);
    put("language", item.language);
    time("published", item.published);
    time("updated", item.updated);
    time("due", item.due);
    time("expires", item.expires);
    object["weight"] = item.weight;
    if (item.gone)
        object["gone"] = true;
    if (!item.categories.empty())
        object["categories"] = json::array(item.categories.begin(), item.categories.end());
    json::array media;
    for (const ItemMedia& one : item.media)
        media.push_back(json::array{one.url, one.type, one.alt, one.from, one.file});
    if (!media.empty())
        object["media"] = std::move(media);
    return object;
}

Item item_of(const json::object& object) {
    Item item;
    item.id = text_at(object, "id");
    item.title = text_at(object, "title");
    item.link = text_at(object, "link");
    item.summary = text_at(object, "summary");
    item.content = text_at(object, "content");
    item.author = text_at(object, "author");
    item.language = text_at(object, "language");
    item.published = instant_at(object, "published");
    item.updated = instant_at(object, "updated");
    item.due = instant_at(object, "due");
    item.expires = instant_at(object, "expires");
    item.gone = flag_at(object, "gone");
    if (const json::value* weight = object.if_contains("weight"); weight != nullptr && weight->is_double())
        item.weight = weight->get_double();
    if (const json::array* list = list_at(object, "categories"))
        for (const json::value& one : *list)
            if (one.is_string())
                item.categories.emplace_back(one.get_string());
    if (const json::array* list = list_at(object, "media"))
        for (const json::value& one : *list) {
            const json::array* fields = one.if_array();
            if (fields == nullptr || fields->size() != 5 ||
                !std::all_of(fields->begin(), fields->end(), [](const auto& f) { return f.is_string(); }))
                continue;
            const auto field = [&](std::size_t i) { return std::string{(*fields)[i].get_string()}; };
            item.media.push_back(ItemMedia{field(0), field(1), field(2), field(3), field(4)});
        }
    return item;
}

void add_line(std::string& out, const json::object& object) {
    out += json::serialize(object);
    out += '\n';
}

Failure broken() {
    return Failure{Cause::server, "the shared object's process said something that is no reply",
                   "`crier plugin test FILE.so` shows what it does"};
}

} // namespace

std::string write_request(const ObjectRequest& request) {
    const Material& material = request.material;
    json::object head;
    head["describe"] = request.describe;
    head["entrance"] = static_cast<std::int64_t>(request.entrance);
    head["settings"] = pairs_json(request.settings);
    head["content_type"] = material.content_type;
    head["base_url"] = material.base_url;
    if (material.now)
        head["now"] = material.now->time_since_epoch().count();
    head["cursor"] = material.cursor;
    head["asked"] = material.asked;
    head["headers"] = pairs_json(material.headers);
    return json::serialize(head) + "\n" + material.bytes;
}

Result<ObjectRequest> read_request(std::string_view text) {
    const auto head = object_of(take_line(text));
    if (!head)
        return Failure{Cause::usage, "this is no request of crier's"};
    ObjectRequest request;
    request.describe = flag_at(*head, "describe");
    const std::int64_t entrance = number_at(*head, "entrance").value_or(-1);
    if (entrance < 0 || entrance > static_cast<std::int64_t>(Entrance::page))
        return Failure{Cause::usage, "this is no request of crier's"};
    request.entrance = static_cast<Entrance>(entrance);
    request.settings = pairs_at(*head, "settings");
    request.material.content_type = text_at(*head, "content_type");
    request.material.base_url = text_at(*head, "base_url");
    request.material.now = instant_at(*head, "now");
    request.material.cursor = text_at(*head, "cursor");
    request.material.asked = text_at(*head, "asked");
    request.material.headers = pairs_at(*head, "headers");
    request.material.bytes = text;
    return request;
}

std::string write_info(const ObjectInfo& info) {
    json::object object;
    object["name"] = info.name;
    object["about"] = info.about;
    object["capabilities"] = info.capabilities;
    object["begins"] = info.begins;
    object["reads_pages"] = info.reads_pages;
    object["options"] = pairs_json(info.options);
    return json::serialize(object) + "\n";
}

Result<ObjectInfo> read_info(std::string_view text) {
    const auto object = object_of(take_line(text));
    if (!object)
        return broken();
    if (const std::string error = text_at(*object, "error"); !error.empty())
        return Failure{Cause::config, error, text_at(*object, "hint")};
    ObjectInfo info;
    info.name = text_at(*object, "name");
    info.about = text_at(*object, "about");
    info.capabilities = static_cast<std::uint32_t>(number_at(*object, "capabilities").value_or(0));
    info.begins = flag_at(*object, "begins");
    info.reads_pages = flag_at(*object, "reads_pages");
    info.options = pairs_at(*object, "options");
    if (info.name.empty())
        return broken();
    return info;
}

std::string write_reply(const Result<Parsed>& reply) {
    std::string out;
    if (!reply) {
        json::object error;
        error["error"] = reply.error().message;
        error["hint"] = reply.error().hint;
        error["config"] = reply.error().cause == Cause::config;
        add_line(out, error);
        return out;
    }
    for (const Item& item : reply->items)
        add_line(out, item_json(item));
    json::object end;
    end[whole] = true;
    end["warnings"] = json::array(reply->warnings.begin(), reply->warnings.end());
    end["fetches"] = json::array(reply->fetches.begin(), reply->fetches.end());
    if (reply->wait)
        end["wait"] = reply->wait->count();
    if (reply->rule)
        end["rule"] = to_json(*reply->rule);
    if (reply->hub)
        end["hub"] = to_json(*reply->hub);
    if (reply->cursor)
        end["cursor"] = *reply->cursor;
    add_line(out, end);
    return out;
}

Result<Parsed> read_reply(std::string_view text) {
    Parsed parsed;
    while (!text.empty()) {
        const auto object = object_of(take_line(text));
        if (!object)
            return broken();
        if (const std::string error = text_at(*object, "error"); !error.empty())
            return Failure{flag_at(*object, "config") ? Cause::config : Cause::server, error,
                           text_at(*object, "hint")};
        if (!flag_at(*object, whole.data())) {
            if (parsed.items.size() >= most_items)
                return broken();
            parsed.items.push_back(item_of(*object));
            continue;
        }
        const auto texts = [&](const char* key, std::vector<std::string>& into) {
            if (const json::array* list = list_at(*object, key))
                for (const json::value& one : *list)
                    if (one.is_string())
                        into.emplace_back(one.get_string());
        };
        texts("warnings", parsed.warnings);
        texts("fetches", parsed.fetches);
        if (const auto wait = number_at(*object, "wait"))
            parsed.wait = Duration{*wait};
        if (const json::value* rule = object->if_contains("rule"); rule != nullptr && rule->is_object())
            parsed.rule = look_rule_of(rule->get_object());
        if (const json::value* hub = object->if_contains("hub"); hub != nullptr && hub->is_object())
            parsed.hub = hub_of(hub->get_object());
        if (object->contains("cursor"))
            parsed.cursor = text_at(*object, "cursor");
        return parsed;
    }
    return Failure{Cause::server, "the shared object's process ended before it had said all",
                   "`crier plugin test FILE.so` shows what it does"};
}

} // namespace crier::plugin

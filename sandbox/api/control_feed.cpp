#include "sandbox/api/control.hpp"
#include "sandbox/api/params.hpp"
#include "sandbox/api/reply.hpp"
#include "sandbox/content/picture.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

const std::vector<std::string_view> known{"id",      "title",       "body",      "link",
                                          "picture", "picture_alt", "published", "categories"};

json::object item_json(const FeedItem& item) {
    json::object body;
    body["id"] = item.id;
    body["title"] = item.title;
    body["link"] = item.link;
    body["body"] = item.body;
    body["published"] = item.published;
    json::array categories;
    for (const std::string& category : item.categories)
        categories.emplace_back(category);
    body["categories"] = std::move(categories);
    body["picture"] = item.picture;
    body["picture_alt"] = item.picture_alt;
    return body;
}

/// Overwrites what is given. Empty: good.
std::string read_item(const json::object& given, FeedItem& item) {
    Params fields;
    fields.tree = given;
    item.title = fields.text("title").value_or(item.title);
    item.body = fields.text("body").value_or(item.body);
    item.link = fields.text("link").value_or(item.link);
    item.id = fields.text("id").value_or(item.id);
    if (const auto published = fields.text("published")) {
        if (!parse_rfc3339(*published))
            return "`published` is a time as 2026-01-05T09:00:00Z";
        item.published = rfc3339(*parse_rfc3339(*published), 0);
    }
    if (fields.has("categories")) {
        const auto categories = fields.list("categories");
        if (!categories)
            return "`categories` is a list of texts";
        item.categories = *categories;
    }
    if (fields.has("picture")) {
        const auto number = fields.integer("picture");
        if (!number || *number < -1 || *number > 1'000'000)
            return "`picture` is a number; -1 for none";
        item.picture = static_cast<int>(*number);
        if (item.picture >= 0 && item.picture_alt.empty())
            item.picture_alt = picture_alt_text(static_cast<unsigned>(item.picture));
    }
    item.picture_alt = fields.text("picture_alt").value_or(item.picture_alt);
    return {};
}

Response no_item() {
    return control_error("the feed has no such item", "GET /sandbox/feed lists them", 404);
}

} // namespace

Response list_feed(Control& control) {
    json::array list;
    for (const FeedItem& item : control.world.feed.newest_first())
        list.push_back(item_json(item));
    return json_reply(std::move(list));
}

Response add_feed_item(Control& control) {
    Response refused;
    if (!only_known(control.body, known, refused))
        return refused;
    FeedItem item;
    if (const std::string wrong = read_item(control.body, item); !wrong.empty())
        return control_error("this is no item", wrong);
    return json_reply(item_json(control.world.feed.add(std::move(item), control.now)));
}

Response edit_feed_item(Control& control) {
    Response refused;
    if (!only_known(control.body, known, refused))
        return refused;
    FeedItem* const item = control.world.feed.find(control.captures.at(0));
    if (item == nullptr)
        return no_item();
    FeedItem edited = *item;
    if (const std::string wrong = read_item(control.body, edited); !wrong.empty())
        return control_error("this is no item", wrong);
    *item = std::move(edited);
    control.world.feed.changed(control.now);
    return json_reply(item_json(*item));
}

Response delete_feed_item(Control& control) {
    if (!control.world.feed.erase(control.captures.at(0), control.now))
        return no_item();
    return json_reply(json::object{});
}

} // namespace crier::sandbox

#include "feed/json_feed.hpp"

#include "feed/item_draft.hpp"
#include "feed/json_parts.hpp"
#include "feed/limits.hpp"
#include "feed/named_hub.hpp"
#include "feed/person.hpp"
#include "kit/address.hpp"
#include "kit/ascii.hpp"
#include "kit/utf8.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace crier::feed {

namespace json = boost::json;

namespace {

constexpr std::size_t most_json_depth = 32;

/// A JSON text as a value; nothing where it is broken beyond mending.
std::optional<json::value> read(std::string_view text, json::storage_ptr storage) {
    json::parse_options options;
    options.max_depth = most_json_depth;
    boost::system::error_code error;
    json::value value = json::parse({text.data(), text.size()}, error, storage, options);
    if (error) {
        const std::string mended = mend_json(text);
        value = json::parse(mended, error, storage, options);
    }
    if (error)
        return std::nullopt;
    return value;
}

const json::value* find(const json::object& object, std::string_view name) {
    return object.if_contains({name.data(), name.size()});
}

const json::object* object_in(const json::object& object, std::string_view name) {
    const json::value* value = find(object, name);
    return value == nullptr ? nullptr : value->if_object();
}

const json::array* list_in(const json::object& object, std::string_view name) {
    const json::value* value = find(object, name);
    return value == nullptr ? nullptr : value->if_array();
}

std::string text_in(const json::object& object, std::string_view name) {
    const json::value* value = find(object, name);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

/// An id; what is a number or a truth is taken as it would be written (version 1.1, "id").
std::string id_in(const json::object& object) {
    const json::value* value = find(object, "id");
    if (value == nullptr || value->is_null() || value->is_structured())
        return {};
    if (value->is_int64())
        return std::to_string(value->get_int64());
    if (value->is_uint64())
        return std::to_string(value->get_uint64());
    if (value->is_bool())
        return value->get_bool() ? "true" : "false";
    if (value->is_double()) {
        std::array<char, 40> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value->get_double());
        return {digits.data(), end.ptr};
    }
    return text_in(object, "id");
}

/// A time. One that is written as a number may be what computers count.
std::string date_in(const json::object& object, std::string_view name) {
    constexpr std::int64_t first_of_ten_digits = 1'000'000'000;
    const json::value* value = find(object, name);
    if (value != nullptr && value->is_int64() && value->get_int64() >= first_of_ten_digits)
        return std::to_string(value->get_int64());
    return text_in(object, name);
}

/// The name of a person, written as an object or only as a text; where there is none, their address of
/// e-mail.
std::string name_of(const json::value& person) {
    if (person.is_string())
        return person_name(std::string{person.get_string()});
    if (!person.is_object())
        return {};
    std::string name = text_in(person.get_object(), "name");
    constexpr std::string_view scheme = "mailto:";
    const std::string url = text_in(person.get_object(), "url");
    if (kit::trimmed(name).empty() && kit::starts_but_case(url, scheme))
        name = url.substr(scheme.size(), url.find('?') - scheme.size());
    return name;
}

/// The first author's name, of version 1.1's list or 1.0's object.
std::string author_in(const json::object& object) {
    if (const json::array* authors = list_in(object, "authors"))
        for (const json::value& author : *authors)
            if (std::string name = name_of(author); !name.empty())
                return name;
    // One of them in the place of a list, too.
    for (const char* word : {"author", "authors"})
        if (const json::value* author = find(object, word); author != nullptr)
            if (std::string name = name_of(*author); !name.empty())
                return name;
    return {};
}

/// Of `_crier`, this program's own extension: how often the item is drawn beside others.
double weight_in(const json::object& object) {
    const json::object* own = object_in(object, "_crier");
    const json::value* value = own == nullptr ? nullptr : find(*own, "weight");
    boost::system::error_code error;
    const double weight = value == nullptr ? 1 : value->to_number<double>(error);
    return error || weight < 0 ? 1 : weight;
}

/// Whether it says of itself that it is one.
bool is_json_feed(std::string_view document) {
    const auto value = read(document, {});
    return value && value->is_object() &&
           text_in(value->get_object(), "version").find("jsonfeed.org/version/") != std::string::npos;
}

class ItemReader {
public:
    ItemReader(std::string_view base_url, FeedFacts facts, Warnings& warnings)
        : base_(base_url)
        , facts_(std::move(facts))
        , warnings_(warnings) {}

    std::optional<sdk::Item> read(const json::object& object) {
        ItemDraft draft;
        draft.offer_id(id_in(object), Weight::usual);
        draft.offer_link(kit::absolute_address(text_in(object, "url"), base_), Weight::usual);
        draft.offer_link(kit::absolute_address(text_in(object, "external_url"), base_), Weight::spare);
        draft.permalink(true); // "ideally, the id is the full URL of the resource"
        // "Plain text", and often HTML all the same; but a text of which HTML leaves nothing was none.
        const std::string title = text_in(object, "title");
        say(draft, Term::title, title, kit::Form::guess);
        say(draft, Term::title, title, kit::Form::plain);
        say(draft, Term::summary, text_in(object, "summary"), kit::Form::guess);
        say(draft, Term::content, text_in(object, "content_html"), kit::Form::html);
        say(draft, Term::content, text_in(object, "content_text"), kit::Form::plain);
        say(draft, Term::published, date_in(object, "date_published"), kit::Form::plain);
        say(draft, Term::updated, date_in(object, "date_modified"), kit::Form::plain);
        draft.offer_author(kit::to_line(author_in(object), kit::Form::guess), Weight::usual);
        draft.offer_language(text_in(object, "language"), Weight::usual);
        if (const json::array* tags = list_in(object, "tags"))
            for (const json::value& tag : *tags)
                if (tag.is_string())
                    draft.add_category({tag.get_string().data(), tag.get_string().size()}, kit::Form::guess);
        add_media(object, draft.media);
        std::optional<sdk::Item> item = draft.finish(facts_);
        if (item)
            item->weight = weight_in(object);
        return item;
    }

private:
    void say(ItemDraft& draft, Term term, std::string text, kit::Form form) {
        if (text.size() > most_text) {
            text.resize(kit::cut_utf8(text, most_text).size());
            warnings_.add("a text of more than a megabyte was cut");
        }
        draft.say(term, Space::rss, Written{std::move(text), form, base_}, warnings_);
    }

    void add_media(const json::object& object, MediaDraft& media) const {
        if (const json::array* attachments = list_in(object, "attachments"))
            for (const json::value& attachment : *attachments)
                if (const json::object* one = attachment.if_object())
                    media.add_enclosure(kit::absolute_address(text_in(*one, "url"), base_),
                                        text_in(*one, "mime_type"));
        for (const char* name : {"image", "banner_image"})
            media.add_enclosure(kit::absolute_address(text_in(object, name), base_), "image/*");
    }

    std::string base_;
    FeedFacts facts_;
    Warnings& warnings_;
};

/// Of version 1's list `hubs`: those of the kind that is meant here, rssCloud is another.
NamedHub hub_in(const json::object& object) {
    NamedHub named;
    if (const json::array* hubs = list_in(object, "hubs"))
        for (const json::value& one : *hubs)
            if (const json::object* hub = one.if_object()) {
                const std::string type = kit::lowered(text_in(*hub, "type"));
                if (type == "websub" || type == "pubsubhubbub")
                    named.offer(text_in(*hub, "url"));
            }
    named.topic(text_in(object, "feed_url"));
    return named;
}

FeedFacts facts_of(const JsonParts& parts, std::string& base, NamedHub& hub) {
    FeedFacts facts;
    const auto rest = read(parts.without_items(), {});
    if (!rest || !rest->is_object())
        return facts;
    hub = hub_in(rest->get_object());
    facts.author.offer(kit::to_line(author_in(rest->get_object()), kit::Form::guess));
    facts.language = language_tag(text_in(rest->get_object(), "language"));
    // Where nobody knows where it came from, it may say so itself.
    for (const char* name : {"feed_url", "home_page_url"})
        if (!kit::is_http(base))
            base = kit::absolute_address(text_in(rest->get_object(), name), {});
    return facts;
}

} // namespace

void read_json_feed(std::string_view document, std::string_view base_url, std::size_t max_items,
                    sdk::Sink& sink, Warnings& warnings) {
    JsonParts parts{document};
    if (!parts.has_items() && parts.complete() && is_json_feed(document)) {
        warnings.add("the JSON Feed has no list \"items\"");
        return;
    }
    if (!parts.has_items())
        throw sdk::Error(parts.complete() ? "this is JSON, but no JSON Feed: it has no list \"items\""
                                          : "this JSON breaks off before its items begin");
    std::string base{base_url};
    NamedHub hub;
    FeedFacts facts = facts_of(parts, base, hub);
    hub.report(sink);
    ItemReader reader{base, std::move(facts), warnings};
    std::array<unsigned char, 16384> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): scratch memory
    for (std::size_t count = 0; const auto text = parts.next_item(); ++count) {
        if (count == max_items) {
            warnings.add(
                "there are more items than are taken of one look: those at the end were passed over");
            return;
        }
        json::monotonic_resource memory{buffer.data(), buffer.size()};
        const auto value = read(*text, &memory);
        const json::object* object = value ? value->if_object() : nullptr;
        if (object == nullptr) {
            warnings.add("an item that is no JSON object, or broken, was passed over");
            continue;
        }
        const auto item = reader.read(*object);
        if (!item)
            warnings.add("an item without id, link, title and text was passed over");
        else if (!sink.item(*item))
            return;
    }
    if (!parts.complete())
        warnings.add("the JSON breaks off: the items that were complete by then were read");
}

} // namespace crier::feed

#include "feed/feed_reader.hpp"
#include "feed/person.hpp"
#include "kit/ascii.hpp"

#include <utility>

namespace crier::feed {

namespace {

/// Of a link in Atom, what is of use.
enum class Relation { alternate, enclosure, other };

Relation relation_of(const XmlAttributes& attributes) {
    std::string_view relation = kit::trimmed(attributes.get("rel"));
    constexpr std::string_view registry = "http://www.iana.org/assignments/relation/";
    if (kit::starts_but_case(relation, registry))
        relation.remove_prefix(registry.size());
    if (kit::same_but_case(relation, "enclosure"))
        return Relation::enclosure;
    return relation.empty() || kit::same_but_case(relation, "alternate") ? Relation::alternate
                                                                         : Relation::other;
}

} // namespace

/// What an element says by its attributes. True: that is all of it.
bool FeedReader::take_attributes(Term term, Space space, const XmlAttributes& attributes) {
    switch (term) {
    case Term::link:
        if (attributes.get("href").empty())
            return is_atom(space) && relation_of(attributes) == Relation::other;
        take_atom_link(attributes);
        return true;
    case Term::image_link:
        if (kit::same_but_case(kit::trimmed(attributes.get("rel")), "image"))
            item_->media.add_image(resolved(attributes.get("href")));
        return true;
    case Term::enclosure:
        item_->media.add_enclosure(resolved(attributes.get(attributes.get("url").empty() ? "href" : "url")),
                                   std::string{kit::trimmed(attributes.get("type"))});
        return true;
    case Term::image: {
        const std::string_view target = attributes.get("href");
        item_->media.add_image(resolved(target.empty() ? attributes.get("url") : target));
        return true;
    }
    case Term::media_thumbnail:
        item_->media.add_thumbnail(resolved(attributes.get("url")));
        return true;
    case Term::category: {
        std::string_view name = attributes.get("label");
        for (const char* other : {"term", "text"})
            if (name.empty())
                name = attributes.get(other);
        if (name.empty())
            return false;
        // What kind of a thing an entry is to Google's programs, which is "a post" to people.
        if (kit::trimmed(attributes.get("scheme")) == "http://schemas.google.com/g/2005#kind")
            return true;
        item_->add_category(name, kit::Form::guess);
        return true;
    }
    default:
        return false;
    }
}

void FeedReader::take_atom_link(const XmlAttributes& attributes) {
    const Relation relation = relation_of(attributes);
    const std::string_view type = kit::trimmed(attributes.get("type"));
    if (relation == Relation::enclosure) {
        item_->media.add_enclosure(resolved(attributes.get("href")), std::string{type});
    } else if (relation == Relation::alternate) {
        // Of several, the one for people.
        const bool page = type.empty() || kit::starts_but_case(type, "text/html") ||
                          kit::starts_but_case(type, "application/xhtml+xml");
        item_->offer_link(resolved(attributes.get("href")), page ? Weight::usual : Weight::spare);
    }
}

/// A content that stands somewhere else (RFC 4287, 4.1.3.2): one that can be posted, or where to read it.
void FeedReader::take_content_elsewhere(const XmlAttributes& attributes) {
    const std::string address = resolved(attributes.get("src"));
    const std::string_view type = kit::trimmed(attributes.get("type"));
    for (const std::string_view kind : {"image/", "video/", "audio/"})
        if (kit::starts_but_case(type, kind))
            item_->media.add_enclosure(address, std::string{type});
    item_->offer_link(address, Weight::spare);
}

Place FeedReader::start_in_item(Term term, Space space, const XmlAttributes& attributes) {
    if (take_attributes(term, space, attributes))
        return Place::item; // it is empty; where its end is forgotten, the item goes on
    switch (term) {
    case Term::none:
    case Term::other:
    case Term::item:
    case Term::ttl:
    case Term::skip_hours:
    case Term::skip_days:
    case Term::hour:
    case Term::day:
    case Term::update_base:
    case Term::name:
    case Term::email:
    case Term::editor:
        return Place::aside;
    case Term::source:
        return is_atom(space) ? Place::source : Place::aside;
    case Term::holder:
        return Place::item;
    case Term::media_title: // beside contents it is a title like any other; in one it is that one's
        return levels_.back().is_item ? collect(Field{Term::title, space, kit::Form::guess}) : Place::aside;
    case Term::link: // in Atom, too, where the address is no attribute
        if (is_atom(space) && relation_of(attributes) == Relation::enclosure) {
            link_type_ = kit::trimmed(attributes.get("type"));
            return collect(Field{Term::enclosure, space, kit::Form::plain});
        }
        return collect(Field{term, space, kit::Form::plain});
    case Term::media_group:
        item_->media.begin_group();
        return Place::item;
    case Term::media_content:
        item_->media.begin_content(attributes, resolved(attributes.get("url")));
        return Place::item;
    case Term::author:
        return is_atom(space) ? begin_person(Weight::usual) : collect(Field{term, space, kit::Form::guess});
    case Term::title:
    case Term::summary:
        return collect_text(term, space, attributes);
    case Term::content:
        if (space == Space::xhtml ||
            (space == Space::rdf && kit::same_but_case(attributes.get("parsetype", "rdf"), "literal")))
            return collect(Field::of_xhtml(term, space));
        if (is_atom(space) && !attributes.get("src").empty()) {
            take_content_elsewhere(attributes);
            return Place::aside;
        }
        return collect_text(term, space, attributes);
    case Term::id:
        if (space == Space::rss && !atom_root_)
            item_->permalink(!kit::same_but_case(kit::trimmed(attributes.get("ispermalink")), "false"));
        return collect(Field{term, space, kit::Form::plain});
    case Term::category:
        if (space == Space::media && kit::trimmed(attributes.get("scheme")) == "urn:flickr:tags")
            return collect(Field{Term::tags, space, kit::Form::guess});
        return collect(Field{term, space, kit::Form::guess});
    case Term::subtitle:
    case Term::media_description:
    case Term::keywords:
        return collect(Field{term, space, kit::Form::guess});
    default:
        return collect(Field{term, space, kit::Form::plain});
    }
}

Place FeedReader::begin_person(Weight weight) {
    person_.emplace();
    person_->weight = weight;
    return Place::person;
}

Place FeedReader::start_in_person(Term term, Space space) {
    if (term != Term::name && term != Term::email)
        return Place::aside;
    return collect(Field{term, space, is_atom(space) ? kit::Form::plain : kit::Form::guess});
}

/// By name, else by what stands there without elements, else by address.
void FeedReader::finish_person() {
    if (!person_)
        return;
    const Person person = std::move(*person_);
    person_.reset();
    // A name counts as much as dc:creator does: both are no addresses.
    const bool named = person.weight == Weight::usual && !person.name.empty();
    const Weight weight = named ? Weight::best : person.weight;
    std::string name = person.name.empty() ? kit::to_line(person.text, kit::Form::plain) : person.name;
    if (name.empty())
        name = person.email;
    name = person_name(std::move(name));
    if (item_)
        item_->offer_author(std::move(name), weight);
    else if (!name.empty())
        facts_.author.offer(std::move(name), weight);
}

} // namespace crier::feed

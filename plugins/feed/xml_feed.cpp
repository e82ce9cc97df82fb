#include "feed/xml_feed.hpp"

#include "feed/address.hpp"
#include "feed/ascii.hpp"
#include "feed/field.hpp"
#include "feed/item_draft.hpp"
#include "feed/pace.hpp"
#include "feed/vocabulary.hpp"
#include "feed/xml_reader.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crier::feed {
namespace {

/// What an open element is to the reader.
enum class Place {
    feed,   ///< the root, the channel, and what is not known in them: items may follow
    item,   ///< an item, or what holds words of it
    person, ///< an author: its name follows
    text,   ///< its text is collected
    markup, ///< an element in a text that is HTML as XML: collected as a tag
    aside,  ///< nothing in it is of interest
};

struct Level {
    Place place = Place::feed;
    Term term = Term::none;
    bool own_base = false;
    bool own_language = false;
    bool is_item = false; ///< the item itself
};

class FeedReader : public XmlEvents {
public:
    FeedReader(std::string_view base_url, std::size_t max_items, sdk::Sink& sink, Warnings& warnings)
        : left_(max_items)
        , sink_(sink)
        , warnings_(warnings)
        , bases_{std::string{base_url}}
        , languages_{std::string{}} {}

    void start(const XmlName& name, const XmlAttributes& attributes) override;
    void end(const XmlName& name) override;
    void text(std::string_view part) override;
    [[nodiscard]] bool enough() const override { return enough_; }

    [[nodiscard]] bool is_feed() const { return is_feed_; }
    [[nodiscard]] const std::string& root() const { return root_; }
    [[nodiscard]] std::optional<std::int64_t> wait() const { return pace_.wait(); }

private:
    Place start_root(const XmlName& name);
    Place start_item(const XmlAttributes& attributes);
    Place start_in_feed(Term term, Space space);
    Place start_in_item(Term term, Space space, const XmlAttributes& attributes);
    Place start_in_text(const XmlName& name, Term term, Space space, const XmlAttributes& attributes);
    Place start_markup(const XmlName& name, const XmlAttributes& attributes);
    Place collect(Field field);
    Place collect_text(Term term, Space space, const XmlAttributes& attributes);
    bool take_attributes(Term term, Space space, const XmlAttributes& attributes);
    void take_atom_link(const XmlAttributes& attributes);
    void open_scope(const XmlAttributes& attributes, Level& level);
    void finish_text();
    void finish_item();

    [[nodiscard]] const std::string& base() const { return bases_.back(); }
    [[nodiscard]] std::string resolved(std::string_view address) const {
        return absolute_address(address, base());
    }
    /// Whether the element's text goes by Atom's rules.
    [[nodiscard]] bool is_atom(Space space) const {
        return space == Space::atom || (space == Space::rss && atom_root_);
    }

    std::size_t left_;
    sdk::Sink& sink_;
    Warnings& warnings_;
    bool is_feed_ = false;
    bool atom_root_ = false;
    bool enough_ = false;
    std::string root_;
    std::vector<Level> levels_;
    std::vector<std::string> bases_;     ///< xml:base, innermost last
    std::vector<std::string> languages_; ///< xml:lang
    std::optional<ItemDraft> item_;
    std::optional<Field> field_;
    FeedFacts facts_;
    Pace pace_;
};

void FeedReader::start(const XmlName& name, const XmlAttributes& attributes) {
    Level level;
    open_scope(attributes, level);
    const Space space = space_of(name);
    level.term = term_of(space, name.local);
    const Place parent = levels_.empty() ? Place::feed : levels_.back().place;
    if (levels_.empty()) {
        level.place = start_root(name);
    } else if (level.term == Term::item && !item_ && is_feed_) {
        level.place = start_item(attributes);
        level.is_item = true;
    } else if (parent == Place::text || parent == Place::markup) {
        level.place = start_in_text(name, level.term, space, attributes);
    } else if (parent == Place::feed) {
        level.place = start_in_feed(level.term, space);
    } else if (parent == Place::item) {
        level.place = start_in_item(level.term, space, attributes);
    } else if (parent == Place::person && level.term == Term::name) {
        level.place = collect(Field{Term::author, space, is_atom(space) ? Form::plain : Form::guess});
    } else {
        level.place = Place::aside;
    }
    levels_.push_back(level);
}

void FeedReader::open_scope(const XmlAttributes& attributes, Level& level) {
    if (const std::string_view base_here = attributes.get("base", "xml"); !base_here.empty()) {
        std::string address = resolved(base_here);
        if (address.empty())
            address = base();
        bases_.push_back(std::move(address));
        level.own_base = true;
    }
    if (const std::string_view language = attributes.get("lang", "xml"); !language.empty()) {
        languages_.emplace_back(language);
        level.own_language = true;
    }
}

Place FeedReader::start_root(const XmlName& name) {
    root_ = name.local;
    atom_root_ = name.local == "feed" || name.local == "entry";
    is_feed_ = name.local == "rss" || name.local == "feed" || name.local == "RDF" || name.local == "channel";
    return is_feed_ ? Place::feed : Place::aside;
}

Place FeedReader::start_item(const XmlAttributes& attributes) {
    if (field_) { // a word of the feed's that is not closed
        finish_text();
        for (Level& level : levels_)
            if (level.place == Place::text || level.place == Place::markup)
                level.place = Place::feed;
    }
    item_.emplace();
    item_->offer_language(languages_.back(), Weight::usual);
    item_->offer_id(attributes.get("about", "rdf"), Weight::spare);
    return Place::item;
}

Place FeedReader::start_in_feed(Term term, Space space) {
    switch (term) {
    case Term::language:
    case Term::ttl:
    case Term::update_period:
    case Term::update_frequency:
        return collect(Field{term, space, Form::plain});
    case Term::author:
        return space == Space::atom || atom_root_ ? Place::person : collect(Field{term, space, Form::guess});
    case Term::none:
        // The channel, or something that stands around items.
        return space == Space::rss ? Place::feed : Place::aside;
    default:
        return Place::aside;
    }
}

/// What an element says by its attributes. True: that is all of it.
bool FeedReader::take_attributes(Term term, Space space, const XmlAttributes& attributes) {
    switch (term) {
    case Term::link:
        if (attributes.get("href").empty())
            return is_atom(space);
        take_atom_link(attributes);
        return true;
    case Term::enclosure:
        item_->media.add_enclosure(resolved(attributes.get("url")),
                                   std::string{trim(attributes.get("type"))});
        return true;
    case Term::image:
        item_->media.add_image(resolved(attributes.get("href")));
        return true;
    case Term::media_thumbnail:
        item_->media.add_thumbnail(resolved(attributes.get("url")));
        return true;
    case Term::category: {
        std::string_view name = attributes.get("label");
        for (const char* other : {"term", "text"})
            if (name.empty())
                name = attributes.get(other);
        if (name.empty())
            return is_atom(space);
        item_->add_category(name, Form::guess);
        return true;
    }
    default:
        return false;
    }
}

void FeedReader::take_atom_link(const XmlAttributes& attributes) {
    std::string_view relation = trim(attributes.get("rel"));
    constexpr std::string_view registry = "http://www.iana.org/assignments/relation/";
    if (relation.substr(0, registry.size()) == registry)
        relation.remove_prefix(registry.size());
    const std::string_view type = trim(attributes.get("type"));
    if (relation == "enclosure") {
        item_->media.add_enclosure(resolved(attributes.get("href")), std::string{type});
    } else if (relation.empty() || relation == "alternate") {
        // Of several, the one for people.
        const bool page = type.empty() || type.substr(0, 9) == "text/html" || type == "application/xhtml+xml";
        item_->offer_link(resolved(attributes.get("href")), page ? Weight::usual : Weight::spare);
    }
}

Place FeedReader::start_in_item(Term term, Space space, const XmlAttributes& attributes) {
    if (take_attributes(term, space, attributes))
        return Place::item; // it is empty; where its end is forgotten, the item goes on
    switch (term) {
    case Term::none:
    case Term::item:
    case Term::source:
    case Term::ttl:
    case Term::name:
        return Place::aside;
    case Term::media_group:
        item_->media.begin_group();
        return Place::item;
    case Term::media_content:
        item_->media.begin_content(attributes, resolved(attributes.get("url")));
        return Place::item;
    case Term::author:
        if (is_atom(space))
            return Place::person;
        return collect(Field{term, space, Form::guess});
    case Term::title:
    case Term::summary:
        return collect_text(term, space, attributes);
    case Term::content:
        if (space == Space::xhtml)
            return collect(Field::of_xhtml(term, space));
        if (is_atom(space) && !attributes.get("src").empty()) {
            item_->offer_link(resolved(attributes.get("src")), Weight::spare);
            return Place::aside;
        }
        return collect_text(term, space, attributes);
    case Term::id:
        if (space == Space::rss && !atom_root_)
            item_->permalink(attributes.get("isPermaLink") != "false");
        return collect(Field{term, space, Form::plain});
    case Term::media_description:
    case Term::category:
        return collect(Field{term, space, Form::guess});
    default:
        return collect(Field{term, space, Form::plain});
    }
}

/// An element in an element that should hold only text: it is HTML that nobody escaped, or the one around it
/// was not closed and this is the next word.
Place FeedReader::start_in_text(const XmlName& name, Term term, Space space,
                                const XmlAttributes& attributes) {
    const bool in_text = levels_.back().place == Place::text;
    const bool is_word = term != Term::none && term != Term::name && space != Space::xhtml;
    if (in_text && is_word && !field_->is_xhtml() && !field_->is_in_sentence()) {
        finish_text();
        levels_.back().place = item_ ? Place::item : Place::feed;
        return item_ ? start_in_item(term, space, attributes) : start_in_feed(term, space);
    }
    if (in_text && field_->term() == Term::author && term == Term::name) { // an author of Atom's kind in RSS
        field_.reset();
        levels_.back().place = Place::person;
        return collect(Field{Term::author, space, Form::guess});
    }
    return start_markup(name, attributes);
}

Place FeedReader::start_markup(const XmlName& name, const XmlAttributes& attributes) {
    field_->add_tag(name.local, attributes);
    return Place::markup;
}

Place FeedReader::collect(Field field) {
    field_ = std::move(field);
    return Place::text;
}

/// A title, a summary or a content.
Place FeedReader::collect_text(Term term, Space space, const XmlAttributes& attributes) {
    if (!is_atom(space))
        return collect(Field{term, space, Form::guess});
    auto field = Field::of_atom(term, attributes);
    return field ? collect(std::move(*field)) : Place::aside;
}

void FeedReader::text(std::string_view part) {
    if (!field_)
        return;
    const Place place = levels_.back().place;
    if (place == Place::text || place == Place::markup)
        field_->add_text(part, place == Place::markup, warnings_);
}

void FeedReader::end(const XmlName& name) {
    if (levels_.empty())
        return;
    const Level level = levels_.back();
    if (level.place == Place::text) {
        finish_text();
    } else if (level.place == Place::markup) {
        field_->end_tag(name.local);
    } else if (level.is_item) {
        finish_item();
    } else if (level.term == Term::media_group && item_) {
        item_->media.end_group();
    } else if (level.term == Term::media_content && item_) {
        item_->media.end_content();
    }
    levels_.pop_back();
    if (level.own_base)
        bases_.pop_back();
    if (level.own_language)
        languages_.pop_back();
}

void FeedReader::finish_text() {
    Field field = std::move(*field_);
    field_.reset();
    Written written = field.take(base());
    if (item_) {
        item_->say(field.term(), field.space(), std::move(written), warnings_);
        return;
    }
    switch (field.term()) {
    case Term::author:
        if (facts_.author.empty())
            facts_.author = person_name(to_line(written.text, written.form));
        return;
    case Term::language:
        facts_.language = trim(written.text);
        return;
    case Term::ttl:
        pace_.ttl(written.text);
        return;
    case Term::update_period:
        pace_.period(written.text);
        return;
    case Term::update_frequency:
        pace_.frequency(written.text);
        return;
    default:
        return;
    }
}

void FeedReader::finish_item() {
    const auto item = item_->finish(facts_);
    item_.reset();
    field_.reset();
    if (!item) {
        warnings_.add("an item without id, link, title and text was passed over");
        return;
    }
    if (left_ == 0) {
        warnings_.add("there are more items than are taken of one look: those at the end were passed over");
        enough_ = true;
        return;
    }
    --left_;
    enough_ = !sink_.item(*item);
}

/// What people take for a feed.
std::string refusal(const std::string& root) {
    std::string words = "this is XML, but no feed: it begins with <" + root.substr(0, 60) + ">";
    if (root == "opml")
        words += ", a list of feeds; take the address of one of them (xmlUrl)";
    else if (root == "urlset" || root == "sitemapindex")
        words += ", a site map; look for the feed's own address on the site";
    else if (root == "entry")
        words += ", a single entry; look for the feed's own address";
    else
        words += ", where RSS has <rss> or <rdf:RDF>, and Atom <feed>";
    return words;
}

} // namespace

void read_xml_feed(std::string_view document, std::string_view base_url, std::size_t max_items,
                   sdk::Sink& sink, Warnings& warnings) {
    FeedReader reader{base_url, max_items, sink, warnings};
    read_xml(document, reader, warnings);
    if (reader.root().empty())
        throw sdk::Error("this breaks off before it begins: there is no element in it");
    if (!reader.is_feed())
        throw sdk::Error(refusal(reader.root()));
    if (const auto wait = reader.wait())
        sink.wait(*wait);
}

} // namespace crier::feed

#include "feed/feed_reader.hpp"

#include "feed/limits.hpp"
#include "kit/address.hpp"
#include "kit/ascii.hpp"

#include <utility>

namespace crier::feed {

namespace {

/// Whether a feed's root is in a namespace that is not its own: a wrong address for the right thing. Many a
/// feed has `xmlns` where it means `xmlns:atom`.
bool is_foreign(Space space, std::string_view root, bool by_default) {
    const bool atoms = root == "feed" || root == "entry";
    if (space == (atoms ? Space::atom : Space::rss) || (space == Space::rdf && root == "rdf"))
        return false;
    return space == Space::other || by_default;
}

} // namespace

FeedReader::FeedReader(std::string_view base_url, std::size_t max_items, Tombstones& tombstones,
                       sdk::Sink& sink, Warnings& warnings)
    : left_(max_items)
    , tombstones_(tombstones)
    , sink_(sink)
    , warnings_(warnings)
    , bases_{kit::is_http(kit::trimmed(base_url)) ? std::string{base_url} : std::string{}}
    , languages_{std::string{}} {}

std::string FeedReader::resolved(std::string_view address) const {
    return kit::absolute_address(address, base());
}

void FeedReader::start(const XmlName& name, const XmlAttributes& attributes) {
    Level level;
    if (loose_link_)
        take_loose_link();
    open_scope(attributes, level);
    const Space space = known_space_of(name);
    level.term = term_of(space, name.local);
    const Place parent = levels_.empty() ? Place::feed : levels_.back().place;
    if (levels_.empty()) {
        level.place = start_root(name, space, attributes, level);
    } else if (level.term == Term::item && !item_ && is_feed_ && scripts_ == 0) {
        level.place = start_item(attributes, level.own_language);
        level.is_item = true;
    } else if (parent == Place::text || parent == Place::markup) {
        level.place = start_in_text(name, level.term, space, attributes);
    } else if (parent == Place::feed) {
        level.place = start_in_feed(level.term, space, attributes);
    } else if (parent == Place::item) {
        level.place = start_in_item(level.term, space, attributes);
    } else if (parent == Place::person) {
        level.place = start_in_person(level.term, space);
    } else if (parent == Place::source && level.term == Term::author) {
        level.place = begin_person(Weight::spare);
    } else {
        level.place = Place::aside;
    }
    // The language of its title or its text is an item's, where it does not say one of itself.
    if (level.own_language && level.place == Place::text && item_ && field_->is_told())
        item_->offer_language(languages_.back(), Weight::usual);
    level.is_script = level.place == Place::feed && kit::same_but_case(name.local, "script");
    if (level.is_script) {
        level.place = Place::aside;
        ++scripts_;
    }
    levels_.push_back(level);
}

/// libxml2 keeps each address once, so that where it stands tells which it is.
Space FeedReader::known_space_of(const XmlName& name) {
    constexpr std::size_t most_known = 32;
    if (name.uri.empty())
        return space_of(name);
    // A default namespace of the document's own making is RSS's, with a prefix it is not: both are kept.
    for (const auto& [address, space] : spaces_)
        if (address == name.uri.data() && (space != Space::other || !name.prefix.empty()))
            return space;
    const Space space = space_of(name);
    const bool by_address = space != Space::rss || !name.prefix.empty();
    if (by_address && spaces_.size() < most_known)
        spaces_.emplace_back(name.uri.data(), space);
    return space;
}

void FeedReader::open_scope(const XmlAttributes& attributes, Level& level) {
    if (const std::string_view base_here = attributes.get("base", "xml"); !base_here.empty()) {
        std::string address = resolved(base_here);
        if (address.empty())
            address = base();
        bases_.push_back(std::move(address));
        level.own_base = true;
    }
    if (attributes.has("lang", "xml")) { // an empty one takes back what is said around it (XML 1.0, 2.12)
        languages_.emplace_back(attributes.get("lang", "xml"));
        level.own_language = true;
    }
}

Place FeedReader::start_root(const XmlName& name, Space space, const XmlAttributes& attributes,
                             Level& level) {
    root_ = name.local;
    const std::string root = kit::lowered(name.local);
    atom_root_ = root == "feed" || root == "entry";
    is_feed_ = root == "rss" || root == "rdf" || root == "channel" || atom_root_;
    if (is_feed_ && !name.uri.empty() && is_foreign(space, root, name.prefix.empty()))
        spaces_ = {{name.uri.data(), atom_root_ ? Space::atom : Space::rss}};
    if (root == "channel") { // the Channel Definition Format's
        if (std::string said = resolved(attributes.get("base")); !said.empty()) {
            bases_.push_back(std::move(said));
            if (level.own_base) // one level has one base
                bases_.erase(bases_.end() - 2);
            level.own_base = true;
        }
        know_base(resolved(attributes.get("href")), Weight::spare);
    }
    if (root == "entry") { // a document of its own (RFC 4287, 2)
        level.is_item = true;
        return start_item(attributes, level.own_language);
    }
    return is_feed_ ? Place::feed : Place::aside;
}

Place FeedReader::start_item(const XmlAttributes& attributes, bool own_language) {
    if (field_ || person_) { // a word of the feed's that is not closed
        if (field_)
            finish_text();
        person_.reset();
        for (Level& level : levels_)
            if (level.place == Place::text || level.place == Place::markup || level.place == Place::person)
                level.place = Place::feed;
    }
    item_.emplace();
    item_->offer_language(languages_.back(), own_language ? Weight::best : Weight::spare);
    std::string_view about = attributes.get("about", "rdf");
    if (about.empty())
        about = attributes.get("about");
    item_->offer_id(about, Weight::spare);
    item_->offer_link(kit::absolute_address(about, {}), Weight::spare);
    // The Channel Definition Format says by attributes what RSS says by elements.
    item_->offer_link(resolved(attributes.get("href")), Weight::spare);
    if (const std::string_view changed = attributes.get("lastmod"); !changed.empty())
        item_->say(Term::updated, Space::rss, Written{std::string{changed}, kit::Form::plain, {}}, warnings_);
    return Place::item;
}

/// What the feed says of its own address, where nobody else knows it.
void FeedReader::know_base(const std::string& address, Weight weight) {
    if (address.empty() || weight <= said_base_weight_)
        return;
    for (std::string& base : bases_)
        if (base == said_base_)
            base = address;
    said_base_ = address;
    said_base_weight_ = weight;
}

Place FeedReader::start_in_feed(Term term, Space space, const XmlAttributes& attributes) {
    switch (term) {
    case Term::skip_hours:
    case Term::skip_days:
        return Place::feed;
    case Term::hour:
    case Term::day: {
        const Term around = levels_.back().term;
        const bool meant = around == (term == Term::hour ? Term::skip_hours : Term::skip_days);
        return meant ? collect(Field{term, space, kit::Form::plain}) : Place::aside;
    }
    case Term::language:
    case Term::ttl:
    case Term::update_base:
    case Term::update_period:
    case Term::update_frequency:
        return collect(Field{term, space, kit::Form::plain});
    case Term::editor:
        return collect(Field{term, space, kit::Form::guess});
    case Term::author:
        return is_atom(space) ? begin_person(Weight::usual) : collect(Field{term, space, kit::Form::guess});
    case Term::link:
        if (const std::string_view target = attributes.get("href"); !target.empty()) {
            const std::string address = resolved(target);
            const std::string_view relation = kit::trimmed(attributes.get("rel"));
            const bool itself = kit::same_but_case(relation, "self");
            if (kit::same_but_case(relation, "hub")) {
                hub_.offer(address);
                return Place::aside;
            }
            if (itself)
                hub_.topic(address);
            know_base(address, itself ? Weight::best : Weight::spare);
            return Place::aside;
        }
        return is_atom(space) ? Place::aside : collect(Field{term, space, kit::Form::plain});
    case Term::none:
        // The channel, or something that stands around items.
        return space == Space::rss ? Place::feed : Place::aside;
    default:
        return Place::aside;
    }
}

void FeedReader::text(std::string_view part) {
    if (levels_.empty())
        return;
    const Place place = levels_.back().place;
    if (field_ && (place == Place::text || place == Place::markup))
        field_->add_text(part, place == Place::markup, warnings_);
    else if (person_ && place == Place::person && person_->text.size() < most_category)
        person_->text += part;
    else if (loose_link_ && place == Place::item && loose_link_->size() < most_text)
        *loose_link_ += part;
}

void FeedReader::end(const XmlName& name) {
    if (levels_.empty())
        return;
    if (loose_link_)
        take_loose_link();
    const Level level = levels_.back();
    if (level.place == Place::text) {
        finish_text();
    } else if (level.place == Place::markup) {
        field_->end_tag(name.local);
    } else if (level.place == Place::person) {
        finish_person();
    } else if (level.is_item) {
        finish_item();
    } else if (level.term == Term::media_group && item_) {
        item_->media.end_group();
    } else if (level.term == Term::media_content && item_) {
        item_->media.end_content();
    }
    levels_.pop_back();
    scripts_ -= level.is_script ? 1 : 0;
    if (level.own_base)
        bases_.pop_back();
    if (level.own_language)
        languages_.pop_back();
}

void FeedReader::finish_item() {
    auto item = item_->finish(facts_);
    item_.reset();
    field_.reset();
    person_.reset();
    if (!item) {
        warnings_.add("an item without id, link, title and text was passed over");
        return;
    }
    if (tombstones_.buries(*item))
        return;
    if (left_ == 0) {
        warnings_.add("there are more items than are taken of one look: those at the end were passed over");
        enough_ = true;
        return;
    }
    --left_;
    if (holds_)
        held_.push_back(std::move(*item));
    else
        enough_ = !sink_.item(*item);
}

void FeedReader::finish() {
    for (sdk::Item& item : held_) {
        if (item.author.empty())
            item.author = facts_.author.get();
        if (item.language.empty())
            item.language = facts_.language;
        if (!sink_.item(item))
            break;
    }
    held_.clear();
}

} // namespace crier::feed

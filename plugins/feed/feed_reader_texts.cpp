#include "feed/feed_reader.hpp"
#include "feed/person.hpp"
#include "kit/address.hpp"
#include "kit/ascii.hpp"

#include <utility>

namespace crier::feed {

namespace {

/// What means something in one place only, and is an ordinary word's name elsewhere.
bool is_only_there(Term term) {
    return term == Term::hour || term == Term::day;
}

} // namespace

/// An element in an element that should hold only text: it is HTML that nobody escaped, or the one around it
/// was not closed and this is the next word.
Place FeedReader::start_in_text(const XmlName& name, Term term, Space space,
                                const XmlAttributes& attributes) {
    const bool in_text = levels_.back().place == Place::text;
    const bool part_of_person = term == Term::name || term == Term::email;
    const bool is_word = term != Term::none && term != Term::other && !part_of_person &&
                         space != Space::xhtml && space != Space::rdf && !is_only_there(term);
    if (in_text && is_word && !field_->is_xhtml() && !field_->is_in_sentence()) {
        finish_text();
        levels_.back().place = person_ ? Place::person : item_ ? Place::item : Place::feed;
        return item_ ? start_in_item(term, space, attributes) : start_in_feed(term, space, attributes);
    }
    if (in_text && field_->term() == Term::author && part_of_person) { // an author of Atom's kind in RSS
        field_.reset();
        levels_.back().place = begin_person(Weight::usual);
        return start_in_person(term, space);
    }
    if (in_text && !field_->takes_markup_of(space == Space::xhtml)) {
        field_.reset();
        levels_.back().place = Place::aside;
        return Place::aside;
    }
    return start_markup(name, attributes);
}

Place FeedReader::start_markup(const XmlName& name, const XmlAttributes& attributes) {
    field_->add_tag(name.local, attributes, base());
    return Place::markup;
}

Place FeedReader::collect(Field field) {
    field_ = std::move(field);
    return Place::text;
}

/// A title, a summary or a content.
Place FeedReader::collect_text(Term term, Space space, const XmlAttributes& attributes) {
    if (!is_atom(space))
        return collect(Field{term, space, kit::Form::guess});
    if (kit::starts_but_case(kit::trimmed(attributes.get("type")),
                             "multipart/")) // Atom 0.3: contents in a content
        return Place::item;
    auto field = Field::of_atom(term, attributes);
    return field ? collect(std::move(*field)) : Place::aside;
}

void FeedReader::finish_text() {
    Field field = std::move(*field_);
    field_.reset();
    Written written = field.take(base());
    const Term term = field.term();
    if (person_ && (term == Term::name || term == Term::email)) {
        std::string& where = term == Term::name ? person_->name : person_->email;
        if (where.empty())
            where = kit::to_line(written.text, written.form);
    } else if (item_ && term == Term::link && kit::trimmed(written.text).empty()) {
        loose_link_.emplace();
    } else if (item_ && term == Term::enclosure) {
        item_->media.add_enclosure(resolved(written.text), std::move(link_type_));
    } else if (item_) {
        item_->say(term, field.space(), std::move(written), warnings_);
    } else {
        say_of_feed(term, written);
    }
}

/// "<link/>https://...": what programs make of a link that read a feed as HTML, where it has no content.
void FeedReader::take_loose_link() {
    const std::string text = std::move(*loose_link_);
    loose_link_.reset();
    if (item_ && kit::is_http(kit::trimmed(text)))
        item_->offer_link(kit::absolute_address(text, {}), Weight::usual);
}

void FeedReader::say_of_feed(Term term, const Written& written) {
    switch (term) {
    case Term::author:
    case Term::editor: {
        std::string name = person_name(kit::to_line(written.text, written.form));
        const bool editor = term == Term::editor; // of last resort, and by name only
        if (!name.empty() && !(editor && is_mail_address(name)))
            facts_.author.offer(std::move(name), editor ? Weight::spare : Weight::usual);
        return;
    }
    case Term::link:
        know_base(resolved(written.text), Weight::usual);
        return;
    case Term::language:
        facts_.language = language_tag(written.text);
        return;
    case Term::ttl:
        pace_.ttl(written.text);
        return;
    case Term::hour:
        pace_.skip_hour(written.text);
        return;
    case Term::day:
        pace_.skip_day(written.text);
        return;
    case Term::update_base:
        pace_.base(written.text);
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

} // namespace crier::feed

#include "feed/item_draft.hpp"

#include "feed/dates.hpp"
#include "feed/limits.hpp"
#include "feed/person.hpp"
#include "kit/address.hpp"
#include "kit/ascii.hpp"
#include "kit/utf8.hpp"

#include <algorithm>
#include <utility>

namespace crier::feed {
namespace {

/// RSS's and Atom's own words count more than the modules' for the same.
Weight weight_of(Space space) {
    return space == Space::rss || space == Space::atom ? Weight::usual : Weight::spare;
}

/// The same of dates, where the day on which something was made counts least.
Weight weight_of_date(Term term, Space space) {
    return term == Term::created               ? Weight::spare
           : weight_of(space) == Weight::usual ? Weight::best
                                               : Weight::usual;
}

std::string_view until_semicolon(std::string_view text) {
    return text.substr(0, text.find(';'));
}

bool is_empty(std::string_view text) {
    return kit::trimmed(text).empty();
}

} // namespace

void ItemDraft::say(Term term, Space space, Written written, Warnings& warnings) {
    if (is_empty(written.text))
        return;
    const Weight weight = weight_of(space);
    switch (term) {
    case Term::id:
        offer_id(written.text, weight);
        if (guid_is_permalink_ && kit::trimmed(written.text).front() == '/')
            offer_link(kit::absolute_address(written.text, written.base), Weight::spare);
        return;
    case Term::title:
        say_title(written, weight);
        return;
    case Term::link:
        if (kit::starts_but_case(kit::trimmed(written.text), "www.")) // a host, and no file of that name
            written.text.insert(written.text.find_first_of("wW"), "http://");
        offer_link(kit::absolute_address(written.text, written.base), Weight::usual);
        return;
    case Term::original_link:
        if (std::string address = kit::absolute_address(written.text, written.base); !address.empty())
            original_link_.offer(std::move(address));
        return;
    case Term::summary:
        if (weight == Weight::usual && summary_.weight() == weight)
            second_summary_.offer(std::move(written));
        else
            summary_.offer(std::move(written), weight);
        return;
    case Term::subtitle:
        subtitle_.offer(std::move(written));
        return;
    case Term::content:
        content_.offer(std::move(written), space == Space::content ? Weight::best : weight);
        return;
    case Term::author:
        // dc:creator names a person, where RSS's author has an address of e-mail.
        offer_author(person_name(kit::to_line(written.text, written.form)),
                     space == Space::dublin_core ? Weight::best : weight);
        return;
    case Term::category:
        add_category(written.text, written.form);
        return;
    case Term::keywords:
        add_keywords(written.text, written.form, ",");
        return;
    case Term::tags:
        add_keywords(written.text, written.form, " \t\r\n");
        return;
    case Term::language:
        offer_language(written.text, Weight::best); // nearer than any xml:lang around it
        return;
    case Term::created:
    case Term::published:
    case Term::updated:
    case Term::expires:
        if (const auto read = parse_date(written.text); !read)
            warnings.add("a date that cannot be read was left out", kit::trimmed(written.text));
        else
            (term == Term::updated   ? updated_
             : term == Term::expires ? expires_
                                     : published_)
                .offer(*read, weight_of_date(term, space));
        return;
    case Term::valid: // "start=2026-11-24;end=2026-12-24;scheme=W3C-DTF"
        if (const auto end = written.text.find("end="); end != kit::npos)
            if (const auto read = parse_date(until_semicolon(std::string_view{written.text}.substr(end + 4))))
                expires_.offer(*read, Weight::spare);
        return;
    case Term::media_description:
        media.describe(kit::to_lines(written.text, written.form));
        return;
    default:
        return;
    }
}

void ItemDraft::say_title(const Written& written, Weight weight) {
    std::string title = kit::to_line(written.text, written.form);
    if (title.empty() && written.form == kit::Form::html) // "</kubernetes>", which nobody escaped twice
        title = kit::to_line(written.text, kit::Form::guess);
    if (!title.empty())
        title_.offer(std::move(title), weight);
}

void ItemDraft::offer_id(std::string_view id, Weight weight) {
    if (!is_empty(id))
        id_.offer(kit::to_line(id, kit::Form::plain), weight);
}

void ItemDraft::offer_link(std::string address, Weight weight) {
    if (!address.empty())
        link_.offer(std::move(address), weight);
}

void ItemDraft::offer_author(std::string name, Weight weight) {
    if (!name.empty())
        author_.offer(std::move(name), weight);
}

void ItemDraft::offer_language(std::string_view language, Weight weight) {
    if (!is_empty(language))
        language_.offer(language_tag(language), weight);
}

void ItemDraft::add_category(std::string_view text, kit::Form form) {
    if (categories_.size() == most_categories)
        return;
    // Each is compared with all the others: none may be long.
    const std::string whole = kit::to_line(text, form);
    std::string category{kit::trimmed(kit::cut_utf8(whole, most_category))};
    const std::string folded = kit::lowered(category);
    const bool known =
        std::any_of(categories_.begin(), categories_.end(),
                    [&folded](const std::string& other) { return kit::lowered(other) == folded; });
    if (!category.empty() && !known)
        categories_.push_back(std::move(category));
}

/// "one, two, three"; `marks`: what stands between them.
void ItemDraft::add_keywords(std::string_view text, kit::Form form, std::string_view marks) {
    while (!text.empty()) {
        const std::string_view one = text.substr(0, text.find_first_of(marks));
        add_category(one, form);
        text.remove_prefix(std::min(one.size() + 1, text.size()));
    }
}

/// Whether it says of itself what no other item's words are. All of RSS's elements are optional, and what is
/// to be made of a date alone is for whoever writes the template.
bool ItemDraft::says_something(const sdk::Item& item) const {
    return !author_.empty() || !item.categories.empty() || item.published || item.updated || item.expires;
}

/// A <summary> beside a <description>: the longer one is the text itself.
void ItemDraft::sort_summaries() {
    if (second_summary_.empty() || !content_.empty() || second_summary_.get().text == summary_.get().text)
        return;
    if (second_summary_.get().text.size() < summary_.get().text.size())
        std::swap(summary_, second_summary_);
    content_.offer(second_summary_.get(), Weight::spare);
}

std::optional<sdk::Item> ItemDraft::finish(const FeedFacts& facts) {
    // Without a base: "4711" is no permalink, whatever the attribute says or does not say.
    if (guid_is_permalink_)
        offer_link(kit::absolute_address(id_.get(), {}), Weight::spare);
    sort_summaries();
    sdk::Item item;
    item.id = id_.get();
    item.title = title_.get();
    // Where the link itself says which item it is, another one would make it a new item.
    item.link = item.id.empty() || original_link_.empty() ? link_.get() : original_link_.get();
    std::vector<sdk::Media> images;
    const auto lines = [&images](const Written& written, bool with_images) {
        return kit::to_lines(written.text, written.form, written.base, with_images ? &images : nullptr);
    };
    item.content = lines(content_.get(), true);
    item.summary = lines((summary_.empty() ? subtitle_ : summary_).get(), content_.empty());
    item.media = media.finish(std::move(images));
    if (item.summary.empty() && item.content.empty())
        item.summary = media.description();
    item.author = author_.empty() ? facts.author.get() : author_.get();
    item.language = language_.empty() ? facts.language : language_.get();
    if (!published_.empty())
        item.published = published_.get();
    if (!updated_.empty())
        item.updated = updated_.get();
    if (!expires_.empty())
        item.expires = expires_.get();
    item.categories = std::move(categories_);
    const bool told = !item.id.empty() || !item.link.empty() || !item.title.empty() ||
                      !item.content.empty() || !item.summary.empty() || !item.media.empty();
    if (!told && !says_something(item))
        return std::nullopt;
    return item;
}

std::string language_tag(std::string_view written) {
    std::string tag{kit::trimmed(written)};
    std::replace(tag.begin(), tag.end(), '_', '-');
    return tag;
}

} // namespace crier::feed

#pragma once

#include "feed/field.hpp"
#include "feed/item_draft.hpp"
#include "feed/named_hub.hpp"
#include "feed/pace.hpp"
#include "feed/tombstones.hpp"
#include "feed/vocabulary.hpp"
#include "feed/warnings.hpp"
#include "feed/xml_reader.hpp"
#include "sdk/crier_plugin.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::feed {

/// What an open element is to the reader.
enum class Place {
    feed,   ///< the root, the channel, and what is not known in them: items may follow
    item,   ///< an item, or what holds words of it
    source, ///< of an entry: only its author counts
    person, ///< an author: its name follows
    text,   ///< its text is collected
    markup, ///< an element in a text that is HTML as XML: collected as a tag
    aside,  ///< nothing in it is of interest
};

/// An author of Atom's kind while it is read.
struct Person {
    Weight weight = Weight::usual;
    std::string name;
    std::string email;
    std::string text; ///< what stands beside elements
};

/// Makes items of a feed's elements, each as soon as it is complete.
class FeedReader : public XmlEvents {
public:
    FeedReader(std::string_view base_url, std::size_t max_items, Tombstones& tombstones, sdk::Sink& sink,
               Warnings& warnings);

    /// What the feed says of all its items stands behind them: none is handed on before finish().
    void hold_items() { holds_ = true; }
    /// Behind the last event: hands on what was held.
    void finish();

    void start(const XmlName& name, const XmlAttributes& attributes) override;
    void end(const XmlName& name) override;
    void text(std::string_view part) override;
    [[nodiscard]] bool enough() const override { return enough_; }

    [[nodiscard]] bool is_feed() const { return is_feed_; }
    [[nodiscard]] const std::string& root() const { return root_; }
    [[nodiscard]] std::optional<sdk::Pace> pace() const { return pace_.get(); }
    [[nodiscard]] const NamedHub& hub() const { return hub_; }

private:
    struct Level {
        Place place = Place::feed;
        Term term = Term::none;
        bool own_base = false;
        bool own_language = false;
        bool is_item = false;   ///< the item itself
        bool is_script = false; ///< a program: what looks like items in it are none
    };

    // feed_reader.cpp
    Place start_root(const XmlName& name, Space space, const XmlAttributes& attributes, Level& level);
    Place start_item(const XmlAttributes& attributes, bool own_language);
    Place start_in_feed(Term term, Space space, const XmlAttributes& attributes);
    void open_scope(const XmlAttributes& attributes, Level& level);
    void know_base(const std::string& address, Weight weight);
    void finish_item();

    // feed_reader_items.cpp
    Place start_in_item(Term term, Space space, const XmlAttributes& attributes);
    bool take_attributes(Term term, Space space, const XmlAttributes& attributes);
    void take_atom_link(const XmlAttributes& attributes);
    void take_content_elsewhere(const XmlAttributes& attributes);
    Place begin_person(Weight weight);
    Place start_in_person(Term term, Space space);
    void finish_person();

    // feed_reader_texts.cpp
    Place start_in_text(const XmlName& name, Term term, Space space, const XmlAttributes& attributes);
    Place start_markup(const XmlName& name, const XmlAttributes& attributes);
    Place collect(Field field);
    Place collect_text(Term term, Space space, const XmlAttributes& attributes);
    void finish_text();
    void say_of_feed(Term term, const Written& written);
    void take_loose_link();

    [[nodiscard]] const std::string& base() const { return bases_.back(); }
    [[nodiscard]] Space known_space_of(const XmlName& name);
    [[nodiscard]] std::string resolved(std::string_view address) const;
    /// Whether the element's text goes by Atom's rules.
    [[nodiscard]] bool is_atom(Space space) const {
        return space == Space::atom || (space == Space::rss && atom_root_);
    }

    std::size_t left_;
    Tombstones& tombstones_;
    sdk::Sink& sink_;
    Warnings& warnings_;
    bool is_feed_ = false;
    bool atom_root_ = false;
    bool enough_ = false;
    bool holds_ = false;
    std::vector<sdk::Item> held_;
    std::string root_;
    std::vector<Level> levels_;
    std::size_t scripts_ = 0;        ///< open ones
    std::vector<std::string> bases_; ///< xml:base, innermost last
    std::string said_base_;          ///< where nobody else knows, what the feed says of its address
    Weight said_base_weight_ = Weight::none;
    std::vector<std::string> languages_;                ///< xml:lang
    std::vector<std::pair<const char*, Space>> spaces_; ///< of the addresses that libxml2 holds
    std::optional<ItemDraft> item_;
    std::optional<Field> field_;
    std::optional<std::string> loose_link_; ///< what stands behind an empty <link/>
    std::string link_type_;                 ///< of a link whose address is its text
    std::optional<Person> person_;
    FeedFacts facts_;
    Pace pace_;
    NamedHub hub_;
};

} // namespace crier::feed

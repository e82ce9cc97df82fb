#pragma once

#include "feed/item_draft.hpp"
#include "feed/vocabulary.hpp"
#include "feed/warnings.hpp"
#include "feed/xml_reader.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace crier::feed {

/// The text of one element while it is collected.
///
/// Elements in it are HTML that nobody escaped, or Atom's XHTML: they are written back as tags, so that one
/// reader of HTML does for all.
class Field {
public:
    Field(Term term, Space space, kit::Form form)
        : term_(term)
        , space_(space)
        , form_(form) {}

    /// A text construct of Atom, by its type; nothing where it is no text (a picture).
    [[nodiscard]] static std::optional<Field> of_atom(Term term, const XmlAttributes& attributes);
    /// One whose content is XHTML.
    [[nodiscard]] static Field of_xhtml(Term term, Space space);

    [[nodiscard]] Term term() const { return term_; }
    [[nodiscard]] Space space() const { return space_; }
    /// Whether it is what an item tells: a title, a summary, a content.
    [[nodiscard]] bool is_told() const {
        return term_ == Term::title || term_ == Term::summary || term_ == Term::content;
    }
    /// Whether all of its text is markup's.
    [[nodiscard]] bool is_xhtml() const { return xhtml_; }

    /// Whether a first element in it, XHTML's or not, is its text's. Of XML that is no text for people, only
    /// XHTML is.
    [[nodiscard]] bool takes_markup_of(bool xhtml) {
        other_xml_ = other_xml_ && !xhtml;
        return !other_xml_;
    }

    /// Whether what follows goes on in a line for people: "See <link>" and not "<title>Words<link>", where
    /// the title was not closed. Only texts have such lines.
    [[nodiscard]] bool is_in_sentence() const;

    /// `in_tag`: it stands in an element that was written back.
    void add_text(std::string_view part, bool in_tag, Warnings& warnings);
    /// `base`: where the addresses in its attributes begin.
    void add_tag(std::string_view name, const XmlAttributes& attributes, const std::string& base);
    void end_tag(std::string_view name);

    /// What was collected.
    [[nodiscard]] Written take(const std::string& base);

private:
    void decode();

    Term term_;
    Space space_;
    kit::Form form_;
    bool xhtml_ = false;
    bool cut_ = false;
    bool base64_ = false;
    bool other_xml_ = false; ///< of a kind of XML that is only a text if there is XHTML in it
    std::string text_;
};

} // namespace crier::feed

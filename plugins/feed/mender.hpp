#pragma once

#include "feed/doctype.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crier::feed {

/// XML as it is found in the wild, mended before the parser sees it, so that nothing of it is lost:
///
/// - an '&' that begins no reference, and a '<' that begins no tag, are characters; HTML's references
/// (&nbsp;) and
///   windows-1252's (&#150;) become the characters that are meant; control characters become blanks;
/// - elements that are not closed are closed where the one around them ends, ends of nothing are left out,
/// and so
///   are tags below a certain depth; an item ends where the next begins;
/// - attributes without quotes or blanks between them, or twice the same, are put right;
/// - what stands before and behind the root is left out, and so are comments, processing instructions and the
///   document type. Of its entities, only short texts count (doctype.hpp): nothing can grow, and nothing
///   outside can be named.
///
/// Linear in the document's size. The document must be UTF-8 and outlive this.
class Mender {
public:
    explicit Mender(std::string_view document);

    /// Appends the document's next part to `out`, at least `enough` bytes, whole tags only. False: that was
    /// all.
    bool next(std::string& out, std::size_t enough);

    /// Whether the root was closed; else the document is cut off.
    [[nodiscard]] bool complete() const { return root_closed_; }

    /// What was mended first, with its line, and in how many places; empty: nothing.
    [[nodiscard]] std::string trouble() const;
    /// Where the document breaks off: "in line 12, inside <item>".
    [[nodiscard]] std::string end() const;

private:
    void markup(std::string& out);
    void start_tag(std::string& out);
    void end_tag(std::string& out);
    void text_run(std::string& out);
    void begin_section();
    void section_part(std::string& out);
    /// A start tag whose syntax is right: its end, or npos.
    [[nodiscard]] std::size_t sound_tag_end(std::size_t at) const;
    /// A start tag's attributes, put right; where it ends, or npos: nowhere.
    std::size_t mend_attributes(std::size_t at, std::string& out, bool& empty);
    void mend_value(std::size_t begin, std::size_t end, std::string& out);
    /// The '&' at `at`; where it goes on.
    std::size_t reference(std::size_t at, std::string& out);
    /// Text without references.
    void stretch(std::string_view text, std::string& out);
    void skip_past(std::string_view mark, std::size_t from);
    void close_down_to(std::size_t depth, std::string& out);
    void cut_off() { at_ = in_.size(); }
    void mended(const char* what);
    [[nodiscard]] std::size_t line_of(std::size_t at) const;

    std::string_view in_;
    std::size_t at_ = 0;
    std::size_t section_end_ = std::string_view::npos; ///< inside CDATA: where it ends
    bool no_section_end_ = false;                      ///< there is none anywhere in what follows
    bool controls_ = false;                            ///< there are control characters somewhere
    std::vector<std::string_view> open_;               ///< elements; the first is the root, which stays
    bool past_doctype_ = false;
    DocumentEntities entities_;
    bool root_closed_ = false;
    std::size_t mends_ = 0;
    std::size_t first_at_ = 0;
    const char* first_what_ = "";
};

} // namespace crier::feed

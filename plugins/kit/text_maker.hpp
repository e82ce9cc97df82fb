#pragma once

#include "kit/html_elements.hpp"
#include "kit/html_tag.hpp"
#include "sdk/crier_plugin.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crier::kit {

/// What a line break in the text itself means.
enum class Breaks { fold, paragraphs, keep };

/// Makes the plain text of one text, from its beginning to its end.
class TextMaker {
public:
    struct Rules {
        bool markup = false;
        bool references = false;
        Breaks breaks = Breaks::fold;
        bool one_line = false;
    };

    TextMaker(std::string_view text, const Rules& rules, std::string_view base,
              std::vector<sdk::Media>* images)
        : in_(text)
        , rules_(rules)
        , base_(base)
        , images_(images) {}

    std::string run();

private:
    void special();
    bool markup();
    void element(const HtmlTag& tag, Role role);
    void image(const HtmlTag& tag);
    void list(const HtmlTag& tag);
    void entry(const HtmlTag& tag);
    void skip_element(std::string_view name, bool with_the_rest);
    bool skip_hidden(const HtmlTag& tag);
    void begin_section();
    void blanks();

    /// Breaks and blanks are owed until something follows them.
    void put(std::string_view text) {
        if (breaks_ > 0 || blank_ || !marker_.empty())
            settle();
        out_ += text;
    }
    void settle();
    void owe_breaks(int count) { breaks_ = std::max(breaks_, count); }

    std::string_view in_;
    Rules rules_;
    std::string_view base_;
    std::vector<sdk::Media>* images_;
    std::string out_;
    std::size_t at_ = 0;
    int breaks_ = 0;
    bool blank_ = false;
    std::string marker_;     ///< of a list's entry that begins
    std::vector<int> lists_; ///< those that are open: the next number, 0: bullets
    int verbatim_ = 0;
    int quotes_ = 0;
    std::size_t section_end_ = std::string_view::npos; ///< of a CDATA section
    bool no_section_end_ = false;                      ///< there is none anywhere in what follows
    std::vector<std::string> endless_;                 ///< elements that are known not to end
    std::size_t image_count_ = 0;
};

} // namespace crier::kit

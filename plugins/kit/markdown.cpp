#include "kit/markdown.hpp"

#include "kit/comments.hpp"
#include "kit/link.hpp"
#include "kit/markdown_inline.hpp"
#include "kit/markdown_line.hpp"
#include "kit/text.hpp"

#include <algorithm>
#include <utility>

namespace crier::kit {
namespace {

std::string_view next_line(std::string_view& rest) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    return line;
}

References references_in(std::string_view text) {
    References references;
    Fence fence;
    while (!text.empty()) {
        const std::string_view line = next_line(text);
        if (fence.turns(line) || fence.sign != '\0')
            continue;
        if (auto found = definition_in(line)) // the first one counts
            references.emplace(std::move(found->label), std::move(found->target));
    }
    return references;
}

/// Blocks one after another, a paragraph being gathered until something ends it.
class Blocks {
public:
    Blocks(std::string_view text, LineEnds ends)
        : text_(text)
        , all_break_(ends == LineEnds::stay)
        , references_(references_in(text)) {}

    PlainText read() {
        while (!text_.empty()) {
            const std::string_view line = next_line(text_);
            if (fence_.turns(line))
                end_block();
            else if (fence_.sign != '\0')
                put("", line);
            else if (!definition_in(line))
                take(line);
        }
        end_block();
        plain_.text = std::string{trimmed(plain_.text)};
        return std::move(plain_);
    }

private:
    void take(std::string_view given) {
        const Line line = line_of(given, in_paragraph_, in_list_);
        switch (line.kind) {
        case Line::Kind::blank:
        case Line::Kind::rule:
            end_block();
            in_list_ = in_list_ && line.kind == Line::Kind::blank;
            gap_ = true;
            break;
        case Line::Kind::heading:
            end_block();
            begin(line);
            end_heading();
            break;
        case Line::Kind::underline:
            end_heading();
            break;
        case Line::Kind::item:
            end_block();
            begin(line);
            in_list_ = true;
            break;
        case Line::Kind::row:
            end_block();
            begin(line);
            end_block();
            break;
        case Line::Kind::row_of_lines:
            end_block();
            break;
        case Line::Kind::text:
            go_on(line);
            break;
        }
        breaks_ = line.breaks || all_break_;
    }

    void begin(const Line& line) {
        paragraph_ = line.words;
        prefix_ = line.prefix;
        marker_ = line.marker;
        in_paragraph_ = true;
    }

    void go_on(const Line& line) {
        if (in_paragraph_) {
            paragraph_ += breaks_ ? '\n' : ' ';
            paragraph_ += line.words;
            return;
        }
        begin(line);
        in_list_ = false;
    }

    void end_heading() {
        gap_ = true;
        const std::string words = end_block();
        if (plain_.heading.empty())
            plain_.heading = one_line(words);
        gap_ = true;
        in_list_ = false;
    }

    /// What it said, as plain text.
    std::string end_block() {
        if (!std::exchange(in_paragraph_, false))
            return {};
        std::string words = Inline{paragraph_, references_, plain_.media}.run();
        // A paragraph of nothing but a picture leaves none.
        std::string_view rest = trimmed(words);
        std::string marker = std::exchange(marker_, {});
        while (!rest.empty()) {
            const std::string_view line = next_line(rest);
            put(prefix_ + std::exchange(marker, {}), trimmed(line));
        }
        return words;
    }

    /// A line, with a blank one before it where there was one.
    void put(const std::string& before, std::string_view line) {
        if (!plain_.text.empty())
            plain_.text += std::exchange(gap_, false) ? "\n\n" : "\n";
        gap_ = false;
        plain_.text += before;
        plain_.text += line;
    }

    std::string_view text_;
    bool all_break_;
    References references_;
    PlainText plain_;
    Fence fence_;
    std::string paragraph_;
    std::string prefix_;
    std::string marker_;
    bool in_paragraph_ = false;
    bool in_list_ = false;
    bool breaks_ = false; ///< the paragraph's last line ended in a hard line break
    bool gap_ = false;    ///< an empty line is due before the next one
};

} // namespace

PlainText plain_text(std::string_view markdown, LineEnds ends) {
    const std::string text = without_comments(markdown);
    return Blocks{text, ends}.read();
}

} // namespace crier::kit

#include "corpus_file.hpp"

#include "corpus_text.hpp"

#include <algorithm>
#include <exception>
#include <fstream>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

namespace crier::feed::test {
namespace {

constexpr std::string_view row_arrow = " => ";

/// Reads a file line by line; a case that makes no sense says so by its `fault`.
class CorpusReader {
public:
    CorpusReader(const std::string& path, std::string file)
        : in_(path)
        , file_(std::move(file)) {}

    std::vector<CorpusCase> read() {
        next();
        while (more_) {
            if (line_.substr(0, 4) != "=== ") {
                if (!line_.empty() && line_.front() != '#')
                    fault("a line that belongs to no case: " + line_);
                next();
                continue;
            }
            begin_case(line_.substr(4));
        }
        return std::move(cases_);
    }

private:
    void next() {
        more_ = static_cast<bool>(std::getline(in_, line_));
        ++number_;
    }

    void fault(const std::string& words) {
        CorpusCase broken;
        broken.place = file_ + ":" + std::to_string(number_);
        broken.name = "broken";
        broken.fault = words;
        cases_.push_back(std::move(broken));
    }

    void begin_case(const std::string& name) {
        CorpusCase one;
        one.place = file_ + ":" + std::to_string(number_);
        one.name = name;
        std::map<std::string, std::string> head;
        for (next(); more_ && line_ != "---"; next()) {
            const auto colon = line_.find(": ");
            if (colon == std::string::npos) {
                fault("not 'word: value' above the document: " + line_);
                return;
            }
            head[line_.substr(0, colon)] = line_.substr(colon + 2);
        }
        next();
        one.content_type = head["type"];
        if (head.count("base") > 0)
            one.base_url = head["base"] == "none" ? "" : head["base"];
        if (name.substr(0, 7) == "table: ")
            rows(one, head);
        else
            document(std::move(one), head);
    }

    void document(CorpusCase one, std::map<std::string, std::string>& head) {
        std::string text;
        for (; more_ && line_ != "---"; next())
            text += (text.empty() ? "" : "\n") + line_;
        if (!more_) {
            fault("the document of '" + one.name + "' does not end");
            return;
        }
        make(one, text, head);
        for (next(); more_ && line_.substr(0, 4) != "=== "; next())
            if (!line_.empty() && line_.front() != '#')
                expect(one, line_);
        if (one.items.empty() && one.error.empty() && !no_items_)
            one.fault = "nothing is expected; 'items: 0' says that none is";
        no_items_ = false;
        cases_.push_back(std::move(one));
    }

    static void make(CorpusCase& one, const std::string& text, std::map<std::string, std::string>& head) {
        try {
            one.document = corpus_bytes(corpus_frame(head["in"], text), head["encode"]);
        } catch (const std::exception& error) {
            one.fault = error.what();
        }
    }

    /// Each line is a case of its own: what stands for '@' in the frame, and one field of the only item.
    void rows(const CorpusCase& like, std::map<std::string, std::string>& head) {
        const std::string frame = head["frame"];
        const auto hole = frame.find('@');
        for (; more_ && line_.substr(0, 4) != "=== "; next()) {
            if (line_.empty() || line_.front() == '#')
                continue;
            const auto arrow = line_.rfind(row_arrow);
            if (arrow == std::string::npos || hole == std::string::npos) {
                fault("a row without ' => ', or a frame without '@': " + line_);
                continue;
            }
            CorpusCase one = like;
            one.place = file_ + ":" + std::to_string(number_);
            one.name = line_;
            one.any_warnings = true;
            std::string text = frame;
            text.replace(hole, 1, line_.substr(0, arrow));
            make(one, text, head);
            expect(one, line_.substr(arrow + row_arrow.size()));
            cases_.push_back(std::move(one));
        }
    }

    void expect(CorpusCase& one, const std::string& words) {
        if (words == "item") {
            one.items.emplace_back();
            return;
        }
        if (words == "items: 0") {
            no_items_ = true;
            return;
        }
        const auto colon = words.find(": ");
        const std::string word = words.substr(0, colon);
        const std::string value = colon == std::string::npos ? "" : words.substr(colon + 2);
        if (words == "warnings: any")
            one.any_warnings = true;
        else if (word == "warning")
            one.warnings.push_back(value);
        else if (word == "error")
            one.error = value;
        else if (word == "wait")
            one.wait = value;
        else if (colon == std::string::npos && word.substr(0, 3) != "no ")
            one.fault = "what does this expect? " + words;
        else
            field(one, colon == std::string::npos ? word.substr(3) : word, value);
    }

    static void field(CorpusCase& one, const std::string& word, const std::string& value) {
        static constexpr std::string_view known[] = {"id",     "title",    "link",      "summary", "content",
                                                     "author", "language", "published", "updated", "category",
                                                     "media",  "weight",   "gone",      "expires"};
        if (std::find(std::begin(known), std::end(known), word) == std::end(known)) {
            one.fault = "an item has no '" + word + "'";
            return;
        }
        if (one.items.empty())
            one.items.emplace_back();
        ExpectedItem& item = one.items.back();
        const bool same = !item.empty() && item.back().word == word && !item.back().values.empty();
        if (!same)
            item.push_back(ExpectedField{word, {}});
        const bool time = word == "published" || word == "updated" || word == "expires";
        if (!value.empty())
            item.back().values.push_back(time ? corpus_seconds(value) : value);
    }

    std::ifstream in_;
    std::string file_;
    std::string line_;
    std::size_t number_ = 0;
    bool more_ = true;
    bool no_items_ = false;
    std::vector<CorpusCase> cases_;
};

} // namespace

std::vector<CorpusCase> read_corpus_file(const std::string& path, const std::string& name) {
    return CorpusReader{path, name}.read();
}

} // namespace crier::feed::test

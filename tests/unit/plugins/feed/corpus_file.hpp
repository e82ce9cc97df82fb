#pragma once

#include <cstddef>
#include <string>
#include <vector>

/// The files of corpus/: documents and what must come of them, in a form for people (corpus/README.md).
namespace crier::feed::test {

/// What is expected of one item: only the fields that are named. Of categories and media, all or none.
struct ExpectedField {
    std::string word;
    std::vector<std::string> values; ///< empty: the item must not have it
};
using ExpectedItem = std::vector<ExpectedField>;

struct CorpusCase {
    std::string place; ///< "dates.txt:12"
    std::string name;
    std::string content_type;
    std::string base_url = "https://example.org/blog/feed.xml";
    std::string document;
    std::vector<ExpectedItem> items;
    std::vector<std::string> warnings; ///< parts of what must be said
    bool any_warnings = false;         ///< else there are none beside `warnings`
    std::string error;                 ///< a part of it; empty: there is none
    std::string wait;                  ///< seconds; empty: it does not matter
    std::string fault;                 ///< what is wrong with the case itself
};

/// The cases of one file; `name` without its folder.
[[nodiscard]] std::vector<CorpusCase> read_corpus_file(const std::string& path, const std::string& name);

} // namespace crier::feed::test

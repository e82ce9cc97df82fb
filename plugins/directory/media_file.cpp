#include "directory/media_file.hpp"

#include "kit/file_name.hpp"
#include "kit/loose.hpp"
#include "kit/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace crier::directory {

namespace json = boost::json;

kit::Written medium_of(const File& file) {
    json::object medium;
    medium.emplace("file", json::string{file.name});
    return {"media", std::move(medium)};
}

std::string title_of(std::string_view stem) {
    std::string title{stem};
    std::replace(title.begin(), title.end(), '-', ' ');
    std::replace(title.begin(), title.end(), '_', ' ');
    return title;
}

void check_names(const std::vector<kit::Written>& fields) {
    for (const kit::Written& one : fields) {
        if (one.field != "media")
            continue;
        const json::value media = kit::loosened("media", one.value);
        for (const json::value& medium : media.is_array() ? media.get_array() : json::array{}) {
            const json::object* object = medium.if_object();
            const json::value* file = object != nullptr ? object->if_contains("file") : nullptr;
            if (file == nullptr || !file->is_string())
                continue;
            const std::string_view name{file->get_string().data(), file->get_string().size()};
            const std::string trouble = kit::trouble_with_name(name);
            if (!trouble.empty())
                throw sdk::Error("the file '" + std::string{kit::cut(name)} + "' " + trouble);
        }
    }
}

} // namespace crier::directory

#include "kit/yaml.hpp"
#include "queue/rows.hpp"

#include <boost/json/array.hpp>

namespace crier::queue {

namespace json = boost::json;

void read_yaml(std::string_view text, sdk::Sink& sink, Items& items) {
    const kit::Yaml yaml = kit::read_yaml(text);
    for (const std::string& warning : yaml.warnings)
        sink.warning(warning);
    if (yaml.value.is_null())
        return;
    const json::array* list = yaml.value.if_array();
    if (list == nullptr)
        throw sdk::Error("this YAML is no list: each row begins with \"- \", at the left");
    for (std::size_t i = 0; i < list->size(); ++i)
        if (!items.take((*list)[i], line(yaml.lines[i])))
            return;
}

} // namespace crier::queue

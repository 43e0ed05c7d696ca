#include "api/json/writer.h"
#include "api/reranking/wire.h"

namespace peregrine::api {

std::string render_ranking(const service::RankingRequest& request, const service::Ranking& ranking) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("results").begin_array();
  for (const service::Ranking::Place& place : ranking.places) {
    json.begin_object();
    json.key("doc").string(request.documents[place.document]);
    json.key("score").number(place.score);
    json.end_object();
  }
  json.end_array().end_object();
  return out;
}

}  // namespace peregrine::api

// Written by `mxcp-ts types` from the YAML files of the project. Do not edit: it is written anew.
/* eslint-disable */
import 'mxcp-ts/runtime';

declare module 'mxcp-ts/runtime' {
  interface Tools {
    /** Two airports side by side: where they are, how busy, how punctual, and the destinations that both serve directly. Use it for questions like "should I fly from Oakland or San Francisco?". */
    compare_airports: {
      args: {
        /** Airport code in capitals, as search_airports gives it */
        first: string;
        /** Airport code in capitals, as search_airports gives it */
        second: string;
      };
      result: {
        first: {
          /** An airport */
          airport: {
            /** IATA code */
            code: string;
            /** Name of the airport */
            name: string;
            /** City; null where the source has none */
            city?: string | null | undefined;
            /** Two-letter state; null where the source has none */
            state?: string | null | undefined;
            country: string;
            /** Degrees north */
            latitude: number;
            /** Degrees east; negative in the Americas */
            longitude: number;
            /** Departures in the sample of 20,000 flights */
            departures: number;
          };
          /** Minutes; null without flights */
          mean_delay?: number | null | undefined;
          /** Share of flights less than 15 minutes late */
          on_time_percent?: number | null | undefined;
        };
        second: {
          /** An airport */
          airport: {
            /** IATA code */
            code: string;
            /** Name of the airport */
            name: string;
            /** City; null where the source has none */
            city?: string | null | undefined;
            /** Two-letter state; null where the source has none */
            state?: string | null | undefined;
            country: string;
            /** Degrees north */
            latitude: number;
            /** Degrees east; negative in the Americas */
            longitude: number;
            /** Departures in the sample of 20,000 flights */
            departures: number;
          };
          /** Minutes; null without flights */
          mean_delay?: number | null | undefined;
          /** Share of flights less than 15 minutes late */
          on_time_percent?: number | null | undefined;
        };
        /** Code of the one with more flights on time; null when they are equal or cannot be compared */
        more_punctual?: string | null | undefined;
        /** Codes of the airports that both serve directly, in the alphabet's order */
        shared_destinations: readonly (string | null)[];
      };
    };
    /** The shortest way over the globe between two airports: its length, the bearing at departure, and points along it to draw on a map. */
    great_circle_route: {
      args: {
        /** Airport code in capitals, as search_airports gives it */
        origin: string;
        /** Airport code in capitals, as search_airports gives it */
        destination: string;
        /** How many equal parts the way is cut into; there is one point more than parts */
        steps: number;
      };
      result: {
        /** Kilometres along the great circle */
        distance_km: number;
        /** The same in statute miles */
        distance_miles: number;
        /** Degrees clockwise from north */
        initial_bearing: number;
        /** From the origin to the destination, equally far apart */
        points: readonly {
          /** Degrees north */
          latitude: number;
          /** Degrees east */
          longitude: number;
        }[];
      };
    };
  }

  interface Resources {}
}
